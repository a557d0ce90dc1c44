"""The published figures that the recorded analysis is to yield: topic, value name, value, number of sites."""

COUNTS = {
    "aims": {
        "aim": {
            "improve health and wellbeing": 10,
            "improve access to complementary therapies": 4,
            "address a limit of an NHS service": 3,
            "reduce use of NHS services": 3,
            "reduce health inequalities": 2,
        }
    },
    "origins": {
        "origin": {
            "pilot that led to a commissioned service": 5,
            "former NHS homeopathic hospital": 4,
            "individual GPs or consultants": 3,
            "integrated service from a vision": 3,
            "government initiative": 3,
            "NHS service moved premises": 2,
            "NHS innovation money": 2,
            "research study": 1,
        }
    },
    "people instrumental": {
        "person": {
            "GPs": 8,
            "other NHS practitioners": 3,
            "complementary practitioners": 2,
            "people at the funding body": 2,
        }
    },
    "provision": {
        "provision": {
            "group sessions": 7,
            "individualised treatment": 5,
            "self-management and education": 5,
            "packages of care": 3,
            "support materials or signposting": 3,
            "broader social and wellbeing service": 3,
        },
        "patient_input": {"significant": 6},
    },
    "practitioners": {
        "practitioners": {"1": 3, "40": 1},
        "employment": {"mostly private and self-employed": 12, "most or all NHS clinicians too": 4},
    },
    "governance": {"governance": {"NHS-based": 7, "not NHS-based": 7}},
    "access": {
        "access": {
            "GP referral": 14,
            "self-referral": 8,
            "referral to a broader service": 3,
            "other NHS professionals": 3,
            "non-NHS referrers": 1,
        },
        "referring_practices": {"1": 3, "15": 1},
        "gp_contact": {"discusses cases": 4, "told about safety": 3},
    },
    "NHS funding": {
        "nhs_funding": {
            "commissioning group, additional service": 6,
            "funds a charity": 1,
            "prior approval case by case": 1,
            "provided by an NHS service": 2,
            "fundholding or practice-based commissioning": 2,
            "pilot or innovation": 3,
            "GP practice income": 3,
            "public health": 1,
        }
    },
    "fees": {
        "fee": {"subsidised or reduced": 5, "adjusted for income": 3},
        "fee_low": {"12": 1},
        "fee_high": {"35": 1},
        "payment": {"patient pays part": 5, "patient pays all": 1},
    },
    "data": {
        "data": {
            "audit": 8,
            "research project": 6,
            "routine collection": 3,
            "believed cost-effective or good value": 8,
            "high patient satisfaction": 14,
        }
    },
    "facilitators": {
        "facilitator": {
            "NHS staff enthusiasm": 9,
            "NHS staff enthusiasm!most important": 1,
            "setting": 8,
            "patient and public support": 7,
            "adjunct to an NHS service": 6,
            "good results of treatment": 5,
            "low cost or free": 4,
            "teamwork": 4,
            "training and regulation of practitioners": 3,
            "few other options": 3,
        }
    },
    "barriers": {
        "barrier": {
            "funding or cost": 11,
            "funding or cost!only": 2,
            "negative perceptions": 6,
            "negative perceptions!main": 1,
            "local NHS staff unwilling": 5,
            "local NHS staff unwilling!main": 2,
            "lack of space": 4,
            "no access to NHS records": 3,
            "lack of evidence": 2,
        }
    },
    "outcome": {
        "outcome": {
            "social prescribing": 3,
            "positive future": 3,
            "expanding": 4,
            "serious difficulty": 2,
            "ceased": 5,
            "paused and revived": 1,
            "felt sustainable": 4,
        },
        "cessation_reason": {"funding ended or withdrawn": 5},
        "therapy": {"yoga": 3, "homeopathy or acupuncture": 12},
    },
}


def published_rows() -> list[dict[str, str]]:
    """Return the rows of `published-counts.csv`; `value!rank` asks for a value with that rank."""
    return [
        {"topic": topic, "name": name, "value": value, "sites": str(sites)}
        for topic, names in COUNTS.items()
        for name, values in names.items()
        for value, sites in values.items()
    ]
