// Measures pages with Lighthouse as on a phone: `node lighthouse.cjs HOME CHROME CATEGORIES ADDRESS...` prints
// {address: {category: score}} with scores from 0 to 100, and what lost points by the name of its category.
const { createRequire } = require('module');
const { pathToFileURL } = require('url');

const [home, chromePath, categories, ...addresses] = process.argv.slice(2);
const installed = createRequire(`${home}/`);

(async () => {
  const { default: lighthouse } = await import(pathToFileURL(`${home}/node_modules/lighthouse/core/index.js`));
  const { launch } = await import(pathToFileURL(installed.resolve('chrome-launcher')));
  const chrome = await launch({ chromePath, chromeFlags: ['--headless=new', '--no-sandbox'], logLevel: 'silent' });
  const said = {};
  try {
    for (const address of addresses) {
      const { lhr } = await lighthouse(address, {
        port: chrome.port,
        logLevel: 'silent',
        output: 'json',
        onlyCategories: categories.split(','),
        throttlingMethod: 'simulate', // computed from one load: the speed of this machine counts less
        disableFullPageScreenshot: true,
      });
      const lost = group => lhr.categories[group].auditRefs
        .filter(({ id, weight }) => weight && lhr.audits[id].score !== null && lhr.audits[id].score < 0.9)
        .map(({ id }) => `${id} ${lhr.audits[id].displayValue ?? ''}`.trim());
      said[address] = {
        scores: Object.fromEntries(Object.values(lhr.categories).map(({ id, score }) => [id, Math.round(100 * score)])),
        lost: Object.fromEntries(Object.keys(lhr.categories).map(id => [id, lost(id)])),
      };
    }
  } finally {
    await chrome.kill();
  }
  process.stdout.write(JSON.stringify(said));
})();
