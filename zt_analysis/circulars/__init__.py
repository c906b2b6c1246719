"""The weekly circular (周通报): its review and its parts."""

from zt_analysis.circulars.rates import county_rates
from zt_analysis.circulars.review import WeeklyReview, review_paper, weekly_review

__all__ = ["WeeklyReview", "county_rates", "review_paper", "weekly_review"]
