"""What may tell who somebody is and is known by its shape: addresses, numbers, dates, titles."""

import re

from makegood.capture.states import LeftOut

_MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*"
_OLD = r"(?:9\d|1[01]\d|ninety(?:[- ]\w+)?|(?:a|one) hundred(?: and \w+)?)"
_STREETS = (
    "Street|St|Road|Rd|Lane|Avenue|Ave|Close|Drive|Crescent|Terrace|Gardens?|Row|Square|Place|Grove|Hill|Bank|"
    "Court|House|Cottages?|Mews|Way|Walk|View|Rise|Park|Green|[A-Z][a-z]+(?:way|gate)"
)
_HOUSES = (
    "Hospital|Infirmary|Ward|Hospice|Surgery|Clinic|Centre|House|Court|Lodge|Home|School|Academy|College|Nursery|"
    "Chapel|Church|Mosque|Temple|Prison|Pharmacy|Library|Mill|Wood|Park|Farm|Hall|Hotel|Estate|Club|Station"
)
_ROLES = (
    "mayor(?:ess)?|head ?(?:teacher|master|mistress)|vicar|rector|imam|rabbi|priest|bishop|MP|"
    "post(?:master|mistress)|"
    "lighthouse keeper|harbour ?master|town crier|high sheriff|lord lieutenant|chief executive|coroner|"
    "village police(?:man|woman)|station ?master|ferryman|council leader|leader of the council"
)
_WORKS = (
    "(?:wo)?man|doctor|GP|nurse|dentist|teacher|vet|midwife|bus driver|policewoman|shopkeeper|"
    "surgeon|solicitor"
)
_TITLES = (
    "Mr|Mrs|Ms|Miss|Mx|Dr|Doctor|Prof|Professor|Sir|Dame|Lady|Lord|Rev|Reverend|Sister|Nurse|"
    "Father|Canon|Auntie|Aunty|Aunt|Uncle|Nana|Gran|Councillor|Cllr|PC|Sgt|Sergeant|Inspector|Imam|Rabbi|Old"
)
CAPITAL = r"[A-ZÀ-Þ][\wÀ-ÿ]*(?:[’'-][\wÀ-ÿ]+)*"
_SMALL = "(?:(?:van|von|de|der|den|la|al|bin|ap) )*"
_TITLED = rf"\b(?:{_TITLES})\.? (?:[A-Z]\.? )?{_SMALL}{CAPITAL}(?: {CAPITAL})?"

PATTERNS: tuple[tuple[LeftOut, str, int], ...] = (
    (LeftOut.EMAIL, r"[\w.+'’-]+@[\w-]+(?:\.[\w-]+)+", re.I),
    (LeftOut.LINK, r"(?:https?://|www\.)\S+[\w/]", re.I),
    (
        LeftOut.LINK,
        r"\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|uk|info|be|io|me)\b(?:/\S*[\w/])?",
        re.I,
    ),
    (LeftOut.EMAIL, r"\b\w+(?: dot \w+)* at \w+(?: dot \w+)+", re.I),
    (LeftOut.HANDLE, r"\b[a-z]+(?:_[a-z0-9]+)+\b", re.I),
    (LeftOut.HANDLE, r"(?<![\w.])@\w(?:[\w.]*\w)?", 0),
    (
        LeftOut.TELEPHONE,
        r"(?<!\w)(?:\+44|0044|\(0\d{2,4}\)|0\d{2,4})[ -]?\d{2,4}(?:[ -]?\d){3,7}(?!\d)",
        0,
    ),
    (LeftOut.NUMBER, r"\b\d{3}[ -]?\d{3}[ -]?\d{4}\b", 0),
    (LeftOut.NUMBER, r"\b[a-z]{2} ?\d{2} ?\d{2} ?\d{2} ?[a-d]\b", re.I),
    (LeftOut.NUMBER, r"\b(?:[A-Z]{1,4} ?\d{5,}|\d{7,}|[A-Z]{2,4}[/-]\d{3,}(?:[/-]\w+)?)\b", 0),
    (LeftOut.TELEPHONE, r"\b0(?: ?\d){10}\b|\b\d{3} \d{4}\b", 0),
    (LeftOut.POSTCODE, r"\b[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}\b", re.I),
    (LeftOut.POSTCODE, r"\b[A-Z]{2}\d{1,2}[A-Z]?\b", 0),
    (LeftOut.BIRTH, r"\b\d{1,2}(?:st|nd|rd|th)?(?: of)? " + _MONTH + r",? \d{2,4}\b", re.I),
    (LeftOut.BIRTH, r"\b" + _MONTH + r" \d{1,2}(?:st|nd|rd|th)?,? \d{4}\b", re.I),
    (LeftOut.BIRTH, r"\b(?:\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2})\b", 0),
    (
        LeftOut.AGE,
        (
            rf"(?<=\bat ){_OLD}\b(?! per)|\bfor (?:9\d|1[01]\d)(?=[.!])|"
            rf"\b{_OLD}[- ]years?[- ]old\b|(?<=, ){_OLD}(?=[,.])"
        ),
        re.I,
    ),
    (
        LeftOut.AGE,
        rf"\b(?:aged?|am|i[’']m|is|was|be|turned|turning) ({_OLD})\b(?! [a-z]+s\b)",
        re.I,
    ),
    (LeftOut.AGE, r"\bninety(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))\b", re.I),
    (LeftOut.ROLE, rf"\b(?:the|our) (?:{_ROLES})\b", 0),
    (LeftOut.ROLE, rf"\bthe (?:only|first) (?:\w+ )?(?:{_WORKS})\b", 0),
    (
        LeftOut.ADDRESS,
        (
            r"\b(?:Flat \w+,? ?)?(?:\d+[a-z]?(?:-\d+)? )?(?:The )?"
            rf"(?:{CAPITAL} ){{0,3}}(?<=[\d\w] )(?:{_STREETS})\b"
        ),
        0,
    ),
    (LeftOut.ADDRESS, r"\bnumber \d+[a-z]?\b", re.I),
    (
        LeftOut.ADDRESS,
        rf"\b(?:flat )?\d+[a-z]?(?:[-/]\d+)?,? (?:\w[\w’'-]* ){{0,3}}(?:{_STREETS.lower()})\b",
        re.I,
    ),
    (
        LeftOut.ADDRESS,
        rf"\b(?:The )?(?:{CAPITAL} )+(?:Cottage|Bakery|Farm|House|Lodge), (?:{CAPITAL} )+(?:{_STREETS})\b",
        0,
    ),
    (LeftOut.PLACE, r"\bWard \d+\w?\b", 0),
    (LeftOut.PLACE, rf"\b(?:{CAPITAL} ){{1,4}}(?:{_HOUSES})\b", 0),
    (LeftOut.NAME, _TITLED, 0),
    (LeftOut.NAME, rf"\b(?:[A-Z]\. ?){{1,3}}{CAPITAL}", 0),
    (
        LeftOut.NAME,
        r"\b(?:mr|mrs|ms|dr|auntie|uncle) (?!who|and|to|i|you|at|in)[a-z]{3,}",
        0,
    ),
    (
        LeftOut.NAME,
        (
            r"\b(?:called|named|names|name[’']?s|name is|name was) "
            r"(?!it|the|a|an|me|him|her|them|out|on|to|for|off|not)([a-z]{3,})\b"
        ),
        0,
    ),
)
