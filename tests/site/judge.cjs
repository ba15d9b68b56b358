// Reads BPMN files as modelling tools do, and says what bpmn-moddle and bpmnlint make of each.
const { readFileSync } = require('fs');
const { createRequire } = require('module');
const { pathToFileURL } = require('url');

const [home, ...files] = process.argv.slice(2);
const installed = createRequire(`${home}/`);

(async () => {
  const { BpmnModdle } = await import(pathToFileURL(installed.resolve('bpmn-moddle')));
  const { Linter } = installed('bpmnlint');
  const Resolver = installed('bpmnlint/lib/resolver/node-resolver');
  const said = {};
  for (const file of files) {
    // a new one for each file: some rules remember what they saw
    const resolver = new Resolver({ require: installed });
    const linter = new Linter({ config: { extends: 'bpmnlint:recommended' }, resolver });
    const { rootElement, warnings } = await new BpmnModdle().fromXML(readFileSync(file, 'utf8'));
    const findings = Object.entries(await linter.lint(rootElement));
    said[file] = [
      ...warnings.map((warning) => warning.message),
      ...findings.flatMap(([rule, found]) => found.map((one) => `${rule} ${one.id}: ${one.message}`)),
    ];
  }
  console.log(JSON.stringify(said));
})();
