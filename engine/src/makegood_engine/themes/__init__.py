"""Themes: what stories speak of, how far coders agree on it, and when more adds little.

`read_codings` and `theme_report` do it all; `krippendorff_alpha`, `prevalence`, `hide` and
`saturation` do each part. `read_codebook` and `codebook_text` hold codebooks, as CSV or as
REFI-QDA (.qdc).
"""

from makegood_engine.themes.agreement import Alpha, krippendorff_alpha
from makegood_engine.themes.codebook import Code, Codebook, CodeSet
from makegood_engine.themes.codebook_csv import CODEBOOK
from makegood_engine.themes.codings import CODINGS, Codings, read_codings
from makegood_engine.themes.files import codebook_text, read_codebook
from makegood_engine.themes.prevalence import Prevalence, prevalence, wilson
from makegood_engine.themes.report import ThemeReport, theme_report
from makegood_engine.themes.saturation import Run, Saturation, saturation
from makegood_engine.themes.suppression import Hidden, hide
from makegood_engine.themes.tally import Level

__all__ = [
    "CODEBOOK",
    "CODINGS",
    "Alpha",
    "Code",
    "CodeSet",
    "Codebook",
    "Codings",
    "Hidden",
    "Level",
    "Prevalence",
    "Run",
    "Saturation",
    "ThemeReport",
    "codebook_text",
    "hide",
    "krippendorff_alpha",
    "prevalence",
    "read_codebook",
    "read_codings",
    "saturation",
    "theme_report",
    "wilson",
]
