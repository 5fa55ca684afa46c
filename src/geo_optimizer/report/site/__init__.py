"""What is printed of a whole site: one file per format over one frozen result."""

from geo_optimizer.report.site.result import FORMATS, SiteReport, render

__all__ = ["FORMATS", "SiteReport", "render"]
