"""Readings of a printed number: 0.21, 0.21 %, 21 and 21 % are four."""

from schema.metrics import MetricEntry


def canonical(value: float, unit: str | None, metric: MetricEntry | None) -> tuple[float | None, str | None]:
    """Return the value in the metric's own unit and how it was got; (None, why) where that can't be known.

    >>> from schema.metrics import find_metric
    >>> canonical(0.21, None, find_metric("accuracy")), canonical(0.21, "%", find_metric("accuracy"))
    ((21.0, 'fraction times 100'), (0.21, 'as printed'))
    """
    if metric is None:
        return None, "no known metric"
    if unit is not None and unit != metric.unit and not (unit == "%" and _is_out_of_100(metric)):
        return None, f"printed in {unit}, the metric is in {metric.unit or 'no unit'}"
    if unit is None and metric.unit == "%":
        if 0 < value < 1:
            return round(value * 100, 10), "fraction times 100"
        if value in (0, 1):
            return None, f"{value:g} without a unit may be a fraction or a percentage"
    if _out_of_range(value, metric):
        return None, f"outside {metric.name}'s range"
    return value, "as printed"


def _is_out_of_100(metric: MetricEntry) -> bool:
    return metric.max == 100


def _out_of_range(value: float, metric: MetricEntry) -> bool:
    below = metric.min is not None and value < metric.min
    above = metric.max is not None and value > metric.max
    return below or above
