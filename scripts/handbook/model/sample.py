"""How many have to take part in an experiment, so that it can show the difference that it looks for."""

from __future__ import annotations

import math

from handbook.model.experiment import Experiment

ALARM = 0.05  #: chance to see a difference that is not there, in all comparisons together
POWER = 0.8  #: chance to see one that is there
#: the quantile of the normal distribution for ALARM on two sides, shared out among one, two, … comparisons
_ALARM_QUANTILES = (1.959964, 2.241403, 2.393980, 2.497705, 2.575829, 2.638257, 2.690110, 2.734369, 2.772921)
_POWER_QUANTILE = 0.841621
_SLACK = 1e-9  # what floating point adds to a whole number must not become one more of a group


def needed(experiment: Experiment) -> int | None:
    """Return how many are needed in all groups together: as typed, else as computed, else None."""
    typed = experiment.sample.size if experiment.sample else None
    return typed or computed(experiment)


def computed(experiment: Experiment) -> int | None:
    """Return how many it takes to find the smallest difference of a share, in all groups together.

    Each group is compared with the control, in both directions; several comparisons share ALARM (Bonferroni). None
    where the primary metric is no share, or its baseline, its difference or the sizes of the groups are not known.

    Source: sample size for two proportions (Fleiss, Levin & Paik, Statistical Methods for Rates and Proportions,
    2003, chapter 4), without the continuity correction, for groups of any size.
    """
    before, difference = _proportion(experiment)
    sizes = group_shares(experiment)
    control = next((index for index, variant in enumerate(experiment.variants) if variant.control), None)
    if before is None or sizes is None or control is None or len(sizes) < 2:
        return None
    sizes[0], sizes[control] = sizes[control], sizes[0]
    quantile = _ALARM_QUANTILES[min(len(sizes) - 1, len(_ALARM_QUANTILES)) - 1] + _POWER_QUANTILE
    return max(_total(before, difference, quantile, sizes[0], size) for size in sizes[1:])


def group_shares(experiment: Experiment) -> list[float] | None:
    """Return the share of each group, all the same where nothing is said; None where only some are said."""
    given = [variant.share for variant in experiment.variants if variant.share is not None]
    if not given:
        return [1 / len(experiment.variants)] * len(experiment.variants)
    return given if len(given) == len(experiment.variants) else None


def weeks(experiment: Experiment) -> int | None:
    """Return in how many weeks as many as needed can take part; None where that is not known."""
    size = needed(experiment)
    if size is None or experiment.sample is None or experiment.sample.per_week is None:
        return None
    return math.ceil(size / (experiment.sample.per_week * (experiment.exposure or 1)))


def _proportion(experiment: Experiment) -> tuple[float | None, float]:
    """The baseline and the difference as proportions of 1; no baseline where they are none."""
    baseline, detects = experiment.primary.baseline, experiment.primary.detects
    if baseline is None or detects is None or baseline.unit != "%" or not 0 < baseline.value < 100:
        return None, 0
    before = baseline.value / 100
    factor = {"points": 0.01, "point": 0.01, "%": before / 100}.get(detects.unit)
    difference = abs(detects.value) * factor if factor else 0
    return (before, difference) if 0 < difference < 1 - before else (None, 0)


def _total(before: float, difference: float, quantile: float, control: float, other: float) -> int:
    after = before + difference
    variance = before * (1 - before) / control + after * (1 - after) / other
    return math.ceil(quantile**2 * variance / difference**2 - _SLACK)
