"""What an office lacks, each with the file and line where it is missed: ``zt doctor``."""

from zt_analysis.doctor.examining import Examined, Lack, examine

__all__ = ["Examined", "Lack", "examine"]
