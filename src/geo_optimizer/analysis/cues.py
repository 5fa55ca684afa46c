"""What tells a measured figure from any other: words near it, words of its sentence, words above it.

Each cue is a pattern, the weight of evidence it adds (positive: for a
statistic), and the reason shown to an editor. The weights are judgements in
units of "half of what a percentage alone is worth" (1.0), set by hand and
checked by reading; the kinds of evidence are those of the annotation guide:
prices, worked examples, targets, limits, specifications and the writer's own
plans are not measurements of the world.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache

from geo_optimizer.analysis.grammar import words_in


def _split(words: str) -> tuple[str, ...]:
    return tuple(words.split())


@dataclass(frozen=True, slots=True)
class Cue:
    """`kinds`: the kinds of quantity it bears on; empty for all. `below`: only on figures smaller than this.

    `words`: one of them, in `folded` form, stands wherever the pattern matches; empty where that cannot be said.
    """

    weight: float
    why: str
    pattern: str
    kinds: frozenset[str] = frozenset()
    below: float = math.inf
    words: frozenset[str] = frozenset()

    @property
    def compiled(self) -> re.Pattern[str]:
        return _compiled(self.pattern)

    def may_stand_among(self, words: frozenset[str]) -> bool:
        return not self.words or not self.words.isdisjoint(words)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compiled on first use: a run that asks for no statistics does not pay for them."""
    return re.compile(pattern, re.IGNORECASE | re.VERBOSE)


def _cue(weight: float, why: str, pattern: str, kinds: str = "", below: float = math.inf) -> Cue:
    return Cue(weight, why, pattern, frozenset(kinds.split()), below)


def _said(weight: float, why: str, phrases: str, kinds: str = "") -> Cue:
    """The cue that one of the phrases is: whole words, "_" between those of one phrase."""
    pattern = rf"\b(?:{'|'.join(re.escape(phrase.replace('_', ' ')) for phrase in phrases.split())})\b"
    return Cue(weight, why, pattern, frozenset(kinds.split()), words=frozenset(words_in(re.sub(r"(?<=\w)[_'-]\S*", "", phrases))))


_HYPOTHETICAL = "a hypothetical or a worked example"
_TARGET = "a target or a goal, not a measurement"
_LIMIT = "a limit, a requirement or a setting"
_PRICE = "a price"
_ADVICE = "an instruction to the reader"
_FREQUENCY = "a period or a frequency"

# The sentence, or the lead-in above its list, names who measured it.
CREDITED = Cue(0.3, "it names who measured it", "(?!)")

# Looked for in the whole sentence.
SENTENCE: tuple[Cue, ...] = (
    _said(
        0.9,
        "people were asked",
        """respondent respondents surveyed survey polled poll participant participants interviewed sample sampled samples
        questionnaire Befragte Befragten Umfrage sondage interrogés encuesta encuestados intervistati sondaggio pesquisa
        entrevistados ondervraagden enquête""",
        "percent money multiple count",
    ),
    _said(
        0.9,
        "it names who measured it",
        """according_to found_that report_that reports_that reported study studies researcher researchers estimate estimates
        estimated census statistics data_from data_show projected projects forecast forecasts predict predicts laut zufolge selon
        d'après según secondo segundo volgens Studie étude estudio studio estudo onderzoek""",
    ),
    _said(
        0.5,
        "it states a rate or an average",
        """average averaged averages averaging median mean typically rate rates ratio share percentage per_capita total totaled
        totaling totals in_total overall altogether combined durchschnittlich moyenne media média gemiddeld""",
    ),
    _cue(
        -3.0,
        _LIMIT,
        r"\b(?:(?:by|the|a|its|is|often|value)\ defaults?|defaults?\ (?:to|is|of|value|\w+\ (?:size|limit|timeout))|config(?:ure[sd]?|uration|urable)|settings|environment\ variables?|tells\ the|so\ that\ only)\b",
    ),
    _cue(
        -2.0,
        "a machine's specification",
        r"\b(?:\d+\s?GHz|[GM]Hz|DDR\d|SSDs?|Core\ i\d|MacBook|Xeon|Ryzen|vCPUs?|\d+\s?GB\ (?:of\ )?(?:\w+\ )?(?:RAM|memory|disk)|megapixels?|resolution\ of)\b",
        "count multiple",
    ),
    _cue(-3.0, "a change log entry", r"^\W{0,3}[0-9a-f]{7,40}\W{1,4}|\(?\#\d{2,}\)?\W*$|\bPR-URL\b"),
    _cue(-4.0, "a question", r"\?[\"'”’)\]]*$"),
    _cue(
        -2.5,
        _HYPOTHETICAL,
        r"\b(?:imagin(?:e|ing)|suppos(?:e|ing)|let(?:['’]s|\ us)\ (?:say|assume|suppose|imagine)|(?<=^)say\ (?:you|we)|(?<=,\ )say,|hypothetical(?:ly)?|what\ if|pretend|assum(?:e|es|ing)\ (?:that|you|we|an?|the|one|only|half|\d)|worked\ example|angenommen|supposons|supongamos|supponiamo|suponha|stel\ dat)\b",
    ),
    _cue(
        -1.5,
        _HYPOTHETICAL,
        r"^(?:for\ (?:example|instance),?\ )?(?:if|when(?:ever)?|once|unless)\b(?!.*\b(?:respondents?|surveyed|found|reported|asked|compared|looking|measured|controlling)\b)",
    ),
    _cue(-1.2, _HYPOTHETICAL, r"\bif\ (?:you|your|we|a|an|one|the)\b"),
    _cue(
        -2.2,
        _TARGET,
        r"\b(?:(?:our|the|a|its|their|your)\ (?:\w+\ )?(?:goal|target|objective|aim|ambition)s?|goal\ (?:is|of|was)|target(?:s|ed|ing)?\ (?:of|a|an|is|was|for)|aim(?:s|ed|ing)?\ (?:to|for|at)|striv(?:e|es|ing)|hop(?:e|es|ing)\ to|pledged?|set\ (?:a|the)\ goal|Ziel|objectif|objetivo|obiettivo|doelstelling)\b",
    ),
    _cue(
        -1.0,
        "a plan",
        r"\b(?:will|going\ to|we\ plan|planning\ to|intend\ to|upcoming|scheduled)\b(?!.*\b(?:forecast|predict|project|estimat|expect|analyst|Gartner|IDC|Forrester))",
    ),
    _cue(
        -2.0,
        _ADVICE,
        r"^(?:please\ |then,?\ |next,?\ |now,?\ |first,?\ |finally,?\ |just\ |always\ |never\ |don['’]t\ )?(?:add|set|use|run|create|click|open|make|take|check|wait|keep|choose|select|enter|write|read|send|try|consider|ensure|allow|aim|limit|reduce|increase|achieve|reach|raise|attain|maintain|extend|start|install|configure|download|give|invite|spend|ask|pick|get|let|avoid|leave|cap|save|sign|register|learn|see|grow|cut|boost|improve|drop|lower|double|train|hire|launch|deliver|build|publish|review|test|schedule|draft|follow|provide|repeat|measure|compare|divide|multiply|calculate|subtract|allocate|stop|put|place|press|type|copy|paste|move|return|define|specify|pass|call|bake|cook|heat|mix|stir|pour|cover|serve|season|preheat)\b(?!\ (?:of|in|was|is|has|rose|grew|among|by|were|are|rates?|at)\b|,|:|\ –|\ —)",
    ),
    _cue(-0.7, _ADVICE, r"\b(?:you|your|you['’](?:ll|re|d))\b"),
    _cue(-1.5, _LIMIT, r"\b(?:must|shall|MUST|required\ to|be\ sure\ to|make\ sure|recommend(?:ed|s)?|should)\b"),
    _cue(
        -1.5,
        "event logistics",
        r"\b(?:tickets?|register\ (?:now|by|before)|registration|RSVP|agenda|lightning\ talks?|keynotes?|early\ bird|join\ us|webinar\ (?:on|is)|deadline|nominat(?:e|ions?))\b",
    ),
    _cue(
        -1.0,
        "an illustration",
        r"\b(?:e\.g\.,?|for\ example,?|for\ instance,?|such\ as|z\.\ ?B\.|zum\ Beispiel|par\ exemple|por\ ejemplo|per\ esempio|por\ exemplo|bijvoorbeeld)\ ",
    ),
)

# Looked for in the words on both sides of the figure.
NEAR: tuple[Cue, ...] = (
    _said(
        0.7,
        "it states a change",
        """grew grown growth rose risen fell fallen dropped decline declined declining increase increased increasing increasingly
        decrease decreased decreasing reduced reduction reduces improved improvement improves jumped soared doubled tripled halved
        climbed gained saved saves speedup speedups speed-up speed-ups slowdown slowdowns slow-down slow-downs regressed regresses
        regression faster slower up_from went_up went_down goes_up goes_down down_from down_to compared_to compared_with versus vs
        gestiegen gesunken wuchs augmenté baissé aumentó creció aumentato cresceu aumentou gestegen gedaald""",
    ),
    _said(
        0.5,
        "it reports what was done",
        """served shipped processed handled reached attended downloaded downloads received raised collected issued generated recorded
        logged counted completed contributed joined signed_up registered visited visits visitors users customers subscribers
        responses released published sold spent earned invested employs employed trained taught deployed run_on runs_on""",
    ),
)

# Looked for in the words before the figure, ending where it begins (its own comparison included).
BEFORE: tuple[Cue, ...] = (
    _cue(0.4, "it states a difference", r"\bby\ (?:\w+\ )?\W?$", "percent multiple money count"),
    _cue(
        1.4,
        "it was measured",
        r"\b(?:took|takes?\ (?:on\ average|about|around|roughly|just|only|under|over)|average[ds]?(?:\ of)?|median(?:\ \w+){0,4}|latency(?:\ \w+){0,3}|lasted|within|mean\ of|spends?)\ (?:\w+\ ){0,2}$",
        "duration",
    ),
    _cue(0.6, "it stands beside its label", r"\w:\ $", "count money duration"),
    _cue(-1.5, _TARGET, r"\b(?:plans?|hopes?|aims?|wants?|intends?)\ to\ (?:\w+\ ){1,3}\W?$", "count"),
    _cue(1.6, "it is given in brackets, as findings are", r"\w\ \((?:[~<>≈]\s?)?$", "percent"),
    _cue(1.5, "it is given with its error", r"\d\s?±\s?$"),
    _cue(
        -3.0,
        "a name",
        r"\b(?:Fortune|Forbes|FTSE|S&P|Global|Inc\.?|Russell|Alexa|Route|Area|Studio|Channel|Windows|Office|iPhone|Galaxy)\ $",
    ),
    _cue(
        -2.0,
        _LIMIT,
        r"\b(?:limit(?:ed|s)?(?:\ (?:is|of|to))?|maximum(?:\ of)?|max\.?|minimum(?:\ of)?|min\.?|at\ most|no\ more\ than|no\ (?:fewer|less)\ than|require[sd]?|requirement\ of|needs?(?:\ at\ least)?|allow(?:s|ed)?(?:\ \w+)?|capacity\ of|threshold(?:\ of|\ is)?|timeout(?:\ of|\ is)?|quota\ of|capp?(?:ed)?\ at|default(?:s)?(?:\ (?:to|of|is|value))?|set(?:s|ting)?\ (?:\w+\ )?to|configured\ (?:to|with|for)|eligible|exceeds?|greater\ than\ or\ equal\ to|below|above|expires?\ (?:in|after)|valid\ for|entitled\ to|subject\ to|fine[sd]?\ (?:of|up\ to)|penalt(?:y|ies)\ of|mindestens|höchstens|maximal)\ (?:up\ to\ |about\ |at\ least\ |at\ |to\ |of\ |the\ |a\ |\w+\ (?=(?:to|of)\ ))?$",
    ),
    _cue(
        -1.6,
        _ADVICE,
        r"\b(?:you\ (?:can|should|could|may|need|must|want|have|get|might)|you['’]ll|try\ (?:to\ )?|should|must|could|want\ to|need\ to)\ (?:\w+\ ){0,3}$",
    ),
    _cue(
        -2.0,
        _PRICE,
        r"\b(?:costs?|pric(?:e[ds]?|ing)|fee[s]?|charge[sd]?|subscription|plans?\ (?:at|from|for)|tier|start(?:s|ing)\ (?:at|from)|buy|pay(?:ing)?|for\ (?:just|only)|deposit|discount(?:\ of)?)\ (?:\w+\ ){0,2}$",
        "money",
        below=1e6,
    ),
    _cue(
        -3.0,
        "it names a set, it does not measure one",
        r"\b(?:all|both|the\ (?:first|last|next|top|other|same|following|remaining|past|previous)|first|last|next|top|past|these|those|each\ of\ the|every|previous|another|any)\ $",
        "count duration",
    ),
    _cue(-0.9, "it names a set, it does not measure one", r"\b(?:the|these|those|our|its|their|his|her|my)\ (?:\w+\ )?$", "duration"),
    _cue(-1.2, "it names a set, it does not measure one", r"\b(?:the|these|those|his|her|my)\ $", "count", below=100),
    _cue(
        -2.0,
        _FREQUENCY,
        r"\b(?:every|each|per|for|after|in|over|within\ the|since|during|through|ago|until|before|seit|vor|nach|pendant|durante|per|sinds)\ (?:the\ |about\ |around\ |at\ least\ |more\ than\ |over\ |nearly\ |almost\ |only\ |just\ |a\ )?(?:last\ |past\ |first\ |next\ )?$",
        "duration",
    ),
    _cue(
        -1.5,
        "an illustration",
        r"(?:\be\.g\.,?|\bfor\ example,?|\bfor\ instance,?|\bsay,|\bi\.e\.,?|\bsuch\ as|\blike|\bz\.\ ?B\.)\ (?:\w+\ ){0,2}\W?$",
    ),
    _cue(-1.5, _HYPOTHETICAL, r"\b(?:might|if)\ (?:\w+\ ){1,3}$", "money count duration multiple"),
    _cue(-1.5, _TARGET, r"\b(?:goal|target|objective|aim)s?\ (?:\w+\ ){0,3}$"),
    _cue(-2.5, "a share of the reader's choosing", r"\b(?:top|bottom|first|last)\ $", "percent"),
    _cue(-1.0, _HYPOTHETICAL, r"\b(?:could|might|may)\ (?:\w+\ ){0,4}$"),
    _cue(-1.8, _HYPOTHETICAL, r"^(?!.*\b(?:project|estimat|predict|forecast|expect)).*\bwould\ (?:\w+\ ){0,4}$"),
    _cue(
        1.2,
        "it was measured",
        r"\b(?:runs?|ran|finish(?:es|ed)|complet(?:es|ed)|us(?:es|ed|ing)|consum(?:es|ed|ing)|allocat(?:es|ed)|needed|went|drop(?:s|ped)|dropping|fell|rose|grew)\ (?:in\ |to\ |from\ )?(?:only\ |just\ |about\ |around\ )?$",
        "duration count",
    ),
)

# Looked for in the words after the figure, beginning where it ends.
AFTER: tuple[Cue, ...] = (
    _cue(2.0, "it is given with its error", r"\s?±\s?\d"),
    _cue(-3.0, "a level of confidence", r"\ (?:confidence|significance|CI)\b", "percent"),
    _cue(1.2, "it compares", r"\ (?:\w+\ )?(?:the\ \w+|that)\b", "multiple"),
    _cue(-1.5, _LIMIT, r"\ or\ (?:less|more|under|over)\b", "money"),
    _cue(1.0, "a share of a named whole", r"\ (?:of|der|des|von|du|des|de|del|dei|delle|degli|dos|das|van)\ \w", "percent"),
    _cue(
        1.2,
        "it compares",
        r"\ (?:\w+\ )?(?:faster|slower|more|less|fewer|larger|smaller|higher|lower|better|worse|cheaper|longer|shorter|as\ (?:many|much|likely|fast|large|often)|improvement|increase|reduction|speed-?up|growth|compared|(?:less|more)\ \w+|likely)\b",
        "multiple percent",
    ),
    _cue(
        -2.0,
        _PRICE,
        r"\s?(?:/|per|a|each|an|monthly|annually|yearly)\s?(?:month|mo\b|year|yr|annum|user|seat|hour|hr|GB|license|licence|person|head|ticket|unit|item|night|week|day|piece|plan|agent|developer|call|request|token|million|1[,.]?000|1k|1M)?\b(?<!\ a)",
        "money",
        below=1e6,
    ),
    _cue(
        -2.0,
        _PRICE,
        r"\ (?:plans?|tiers?|subscriptions?|fees?|tickets?|discounts?|gift|voucher|coupons?|off|(?:Amazon\ )?gift\ cards?|bills?|deposit|annuity)\b",
        "money",
        below=1e6,
    ),
    _cue(-1.5, _LIMIT, r"\ (?:limit|maximum|minimum|threshold|cap|max|or\ (?:less|fewer)|timeout|quota|buffer|window)\b"),
    _cue(
        -2.0,
        "event logistics",
        r"[\s-](?:talks?|sessions?|speakers?|tickets?|slots?|calls?|assessment|guides?|tutorials?|videos?|courses?|reads?|walks?|demos?|tests?|break|meetings?|check-?ins?|stand-?ups?|consultations?|workshops?|webinars?|trial|drive|flight)\b",
        "duration",
    ),
    _cue(
        -1.5,
        _FREQUENCY,
        r"\ (?:ago|later|earlier|old|of\ (?:age|experience)|after|before|prior|in\ advance|from\ now|früher|später|plus\ tard|después|dopo|depois|later|geleden)\b",
        "duration",
    ),
    _cue(
        0.8,
        "a rate",
        r"\ (?:\w+\ ){0,2}(?:per|a|each|every)\ (?:second|minute|hour|day|week|month|year|person|user|quarter)\b|\ (?:\w+\ ){0,2}(?:daily|weekly|monthly|annually|yearly)\b|/(?:s|sec|day|year|month)\b",
        "count duration",
    ),
    _cue(1.4, "it states a change", r"-point\ (?:increase|decrease|rise|drop|gain|jump|decline|improvement|lead|gap|swing)\b", "count"),
)

# Looked for in the heading of the section and in the text that introduces the list.
ABOVE: tuple[Cue, ...] = (
    _cue(
        -4.0,
        _HYPOTHETICAL,
        r"^\W*(?:(?:an?|worked|the)\ )?examples?\b|\b(?:worked\ example|(?<!usage\ )(?<!use\ )(?<!deployment\ )scenarios?|hypothetical|suppose|imagine|let['’]s\ say|sample\ calculation|example:)|\bBeispiel\b|\bexemple\b|\bejemplo\b|\besempio\b|\bexemplo\b|\bvoorbeeld\b",
    ),
    _cue(
        -3.0,
        _TARGET,
        r"\b(?:targets?|goals?|objectives?|OKRs?|KPIs?|milestones?|roadmap|what's\ next|next\ steps|action\ items|Ziele|objectifs|objetivos|obiettivi|doelen)\b",
    ),
    _cue(-2.5, _TARGET, r"^\W*benchmarks?\W*$", "count percent"),
    _cue(-3.0, _PRICE, r"\b(?:pricing|prices?|plans|fees|tiers|tickets|Preise|tarifs|precios|prezzi|preços|prijzen)\b"),
    _cue(
        -2.5,
        _LIMIT,
        r"\b(?:requirements?|prerequisites?|limits?|limitations|quotas?|specifications?|specs|configuration|settings|parameters|options|flags|eligib\w+|rules|deadlines|ingredients|schedule|agenda|dates|logistics|Voraussetzungen|prérequis|requisitos|requisiti|vereisten)\b",
    ),
)

# Nouns that count parts of the text itself, or of a machine's make-up.
TEXT_NOUNS = frozenset(
    _split("""way reason step tip thing lesson example question point section part type kind category option item rule principle factor pillar
        stage phase column row argument parameter method field character word paragraph topic idea approach aspect area element
        component layer level mode variant version scenario challenge benefit advantage goal objective strategy technique
        practice tool feature key theme strand track pattern form piece side role side purpose set class function variable value
        key character bit byte pixel thread core digit decimal place time post article blog link click icon tab box button page
        image figure table guideline criterion dimension takeaway finding conclusion mistake myth trend prediction
        recommendation suggestion requirement decision perspective bullet letter hand""")
)
# Nouns whose counts are results: people, organisations, events of use.
WORLD_NOUNS = frozenset(
    _split("""people person user customer client respondent participant developer employee worker student learner teacher patient visitor
        subscriber member attendee contributor company organisation organization business team country state city agency firm
        household family child woman man adult teen taxpayer voter resident citizen response download visit view request message
        transaction order sale install server connection device workshop event release commit repository project website site
        domain application app product job position household school hospital university american european instructor trainee
        volunteer maintainer engineer investor startup store branch vehicle car home house death case tweet email ticket issue
        review survey interview partner community meetup group chapter language""")
)
