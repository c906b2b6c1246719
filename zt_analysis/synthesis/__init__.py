"""The synthetic data package: rows invented so that every published total comes out exactly."""

from zt_analysis.synthesis.package import SEED, synthesize
from zt_analysis.synthesis.sealing import seal

__all__ = ["SEED", "seal", "synthesize"]
