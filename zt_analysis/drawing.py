"""What an office draws its charts with: the house theme, a chart with its message, and numbers that read in both
languages.
"""

from zt_analysis.reports import theme
from zt_analysis.reports.chart import Chart, Number, Say, money, share, whole
from zt_analysis.reports.escaping import visible

__all__ = ["Chart", "Number", "Say", "money", "share", "theme", "visible", "whole"]
