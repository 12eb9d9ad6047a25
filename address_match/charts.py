"""Charts for notebooks: `address_match.charts.reliability(findings)`; they need `address-match[charts]`."""

from address_match.service.frames.charts import precision_coverage, reliability, waterfall

__all__ = ["precision_coverage", "reliability", "waterfall"]
