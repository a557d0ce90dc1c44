"""Words that end in a full stop without ending a sentence, as British health-service prose has them."""

# ruff: noqa: SIM905 - word lists are read and changed more easily as words

NEVER_LAST = frozenset(
    "dr mr mrs ms prof revd rev messrs mme cllr capt col lt sgt maj gen hon mt"
    " e.g i.e eg ie cf viz vs".split()
)
"""Something always follows: a name, or what is meant."""

BEFORE_NUMBER = frozenset(
    "no nos p pp para paras fig figs vol vols ch chap sec sect ref refs art app ext tel c ca circa v ver item"
    " jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thurs fri sat sun".split()
)
"""They belong to the number after them; before anything else they end a sentence."""

MAY_BE_LAST = frozenset(
    "etc al ltd inc co plc jr sr a.m p.m am pm hr hrs min mins yr yrs wk wks rd ave".split()
)
"""They end a sentence where a capital follows, unless it begins the name of a day or a month."""

SELDOM_LAST = frozenset(
    "approx incl excl esp dept depts govt assoc univ hosp est max admin resp st ed eds edn trans cert"
    " dip".split()
)
"""They end a sentence only where a word follows that hardly ever stands inside one with a capital."""

STARTERS = frozenset(
    "the this that these those there they it its it's he she we our his her their you your i'm i've"
    " in on at from for with after before since when while where although though as if but and or so however"
    " most many some all both each no not one two three a an who what why how is are was were do did then now"
    " overall also another other patients staff".split()
)
"""Words that begin sentences and, with a capital, are hardly ever names."""

DAYS_AND_MONTHS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thurs fri sat sun mondays"
    " tuesdays wednesdays thursdays fridays saturdays sundays january february march april may june july"
    " august september october november december gmt bst".split()
)
