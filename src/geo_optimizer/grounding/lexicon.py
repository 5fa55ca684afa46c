"""What words do in a claim: which carry meaning, which say the same, which make a statement weaker, wider or the other way round.

Tables only. English is covered in full; six other languages have their
function words and negations, so that a claim in them is checked for its
words, figures, names and polarity.
"""

from __future__ import annotations

from typing import Final


def listed(words: str) -> frozenset[str]:
    """The words of a line as a set."""
    return frozenset(words.split())


def _levels(**words: str) -> dict[str, str]:
    """`level="word word"` as word -> level."""
    return {word: level for level, line in words.items() for word in line.split()}


# ------------------------------------------------------------------ words without content

FUNCTION: Final[dict[str, frozenset[str]]] = {
    "en": listed(
        """a an the and or but nor so yet of in on at by for from with to as into onto per than then that which who whom whose what this these
        those it its it's itself they them their theirs we us our ours you your yours he him his she her hers i me my mine one's someone
        is are was were be been being am 's 're 've 'd 'm has have had having do does did doing done there here if whether while whilst
        when where why how because since although though despite until unless after before during about over under above below between among
        amongst within across through throughout upon against via out off up down also too again just even still only very really quite
        rather more most less least some any all both each every either neither no not none other others another such same own much many few
        will would shall should can could may might must ll etc eg ie vs versus et al let towards toward around along behind beyond without
        however moreover furthermore additionally overall therefore thus hence meanwhile indeed instead specifically particularly
        especially respectively like ever never always often sometimes usually now already not cannot nt yes ok o'clock else once one ones
        roughly approximately nearly almost exactly circa about some merely"""
    ),
    "de": listed(
        """der die das den dem des ein eine einer eines einem einen und oder aber denn doch auch als wie wenn ob dass weil in im an am auf aus bei
        beim mit nach von vom zu zum zur für über unter vor durch gegen ohne um bis seit ist sind war waren sein hat haben hatte hatten wird
        werden wurde wurden worden kann können muss müssen soll sollen darf will es er sie wir ihr ihre ihren ihrem ihrer sein seine ich
        sich man nicht kein keine keinen keiner nur noch schon sehr mehr so dann da hier dort diese dieser dieses diesen diesem jede jeder
        jedes alle allen was wer wo zwischen sowie bzw etwa rund damit dabei dafür daran davon etwas viele"""
    ),
    "fr": listed(
        """le la les l un une des du de d et ou mais donc or ni car que qu qui quoi dont où ce cet cette ces c se s sa son ses leur leurs il ils
        elle elles on nous vous je j me m te t lui y en à au aux dans par pour sur sous avec sans chez entre vers contre depuis pendant est
        sont était étaient être été a ont avait avaient avoir fait pas ne n plus moins très aussi comme si quand tout tous toute toutes"""
    ),
    "es": listed(
        """el la los las lo un una unos unas de del al y e o u pero sino que quien cual cuyo donde cuando como en a por para con sin sobre entre
        desde hasta hacia contra según es son era eran ser sido está están estar ha han había haber se su sus le les me te nos mi tu este
        esta estos estas ese esa eso esto no ni más menos muy también ya si todo todos toda todas hay fue fueron"""
    ),
    "it": listed(
        """il lo la i gli le l un uno una di del dello della dei degli delle a al allo alla ai agli alle da dal dalla in nel nella nei con su
        sul sulla per tra fra e ed o ma che chi cui dove quando come se è sono era erano essere stato ha hanno aveva avere si suo sua suoi
        loro questo questa questi queste non né più meno molto anche già tutto tutti tutte ci ne"""
    ),
    "pt": listed(
        """o a os as um uma uns umas de do da dos das em no na nos nas por pelo pela para com sem sob sobre entre desde até e ou mas que quem
        cujo onde quando como se é são era eram ser sido está estão foi foram há tem têm seu sua seus suas este esta isto esse essa isso
        não nem mais menos muito também já todo todos toda todas ao aos à às"""
    ),
    "nl": listed(
        """de het een en of maar want dus dat die dit deze wie wat waar wanneer als hoe in op aan bij met van voor naar uit over onder door
        tegen zonder tot om te er is zijn was waren wordt worden werd werden heeft hebben had hadden kan kunnen moet moeten zal zullen hij
        zij ze we wij ik je u hun haar niet geen nog al ook wel zo dan meer minder zeer alle elk elke"""
    ),
}

# Names that differ from a function word only in their capitals.
CAPITALS: Final = listed("IT US WHO May Will")

# Words that carry little: alone they neither ground a claim nor break it.
LIGHT: Final = listed(
    """make makes made making get gets got getting take takes took taken use uses used using go goes going come comes came put set give gives
    given gave keep keeps kept thing things way ways lot lots kind kinds today currently now new different various several certain
    able well good based include includes including included say says said see sees seen show shows showed shown find finds found
    report reports reported reveal reveals revealed according note notes noted remain remains become becomes became need needs
    want wants part total number amount percentage share rate people person time times end case cases likely simply actually
    average averages estimated known called named following overall together key
    main primary account accounts accounting represent represents represented result results compared comparison increase increased
    respectively major majority minority half third quarter instance example"""
)

NEGATORS: Final[dict[str, frozenset[str]]] = {
    "en": listed(
        "not no never none nobody nothing neither nor without cannot nt hardly barely scarcely lack lacks lacked lacking unable fail fails failed"
    ),
    "de": listed("nicht kein keine keinen keiner keinem keines nie niemals nichts niemand ohne weder kaum"),
    "fr": listed("pas jamais aucun aucune rien personne sans ni non"),
    "es": listed("no nunca jamás ningún ninguno ninguna nada nadie sin ni tampoco"),
    "it": listed("non mai nessun nessuno nessuna niente nulla senza né"),
    "pt": listed("não nunca jamais nenhum nenhuma nada ninguém sem nem"),
    "nl": listed("niet geen nooit niets niemand zonder noch nauwelijks"),
}

# ------------------------------------------------------------------ scales on which a claim may say more than its evidence

MODALITY: Final = _levels(
    possible="may might could perhaps possibly maybe potentially conceivably possible potential seemingly likely probably presumably apparently "
    "reportedly allegedly supposedly arguably hopefully",
    belief="suggest suggests suggesting suggested appear appears appeared seem seems seemed believe believes believed think thinks thought "
    "view views viewed consider considers considered perceive perceives perceived feel feels argue argues argued claim claims claimed "
    "indicate indicates indicating worry worries",
    plan="plan plans planned planning intend intends intended intending intention intentions intent aim aims aimed aiming propose proposes proposed "
    "considering interest interested want wants wanted wanting wish wishes wished hope hopes hoped hoping effort efforts ambition",
    future="will ll shall expect expects expected expecting anticipate anticipates anticipated forecast forecasts forecasted project projected projects predict predicts predicted projection upcoming",
    pending="going set due preparing prepares poised track heading headed heads racing rushing moving marching",
    duty="must should required requires require ought",
    proven="prove proves proved proven proving guarantee guarantees guaranteed ensure ensures ensured demonstrate demonstrates "
    "certainly undoubtedly definitely conclusively inevitably establish establishes established confirms confirm confirmed",
)
FREQUENCY: Final[dict[str, int]] = {
    word: level
    for level, line in enumerate(
        (
            "never",
            "rarely seldom occasionally hardly",
            "sometimes",
            "often frequently commonly regularly",
            "usually typically generally mostly normally",
            "always invariably constantly",
        )
    )
    for word in line.split()
}
# The share of a whole that a word claims, as the least and the most it can mean.
QUANTIFIER: Final[dict[str, tuple[float, float]]] = {
    "all": (1.0, 1.0), "every": (1.0, 1.0), "everyone": (1.0, 1.0), "everybody": (1.0, 1.0), "each": (1.0, 1.0), "entire": (1.0, 1.0),
    "none": (0.0, 0.0), "nobody": (0.0, 0.0),
    "most": (0.5, 0.99), "majority": (0.5, 0.99), "majorities": (0.5, 0.99),
    "minority": (0.0, 0.5), "few": (0.0, 0.4), "some": (0.0, 0.8), "several": (0.0, 0.8), "many": (0.1, 0.99),
}  # fmt: skip
UP: Final = listed(
    """uptick upticks upturn upswing upsurge spike spikes spiked skyrocket skyrocketed advance advances advanced increase increases increased increasing increasingly rise rises rose risen rising grow grows grew grown growing growth jump jumps jumped climb climbs climbed
    climbing gain gains gained up upward higher more larger bigger greater longer faster surge surges surged expand expands expanded expanding
    expansion raise raises raised raising boost boosts boosted double doubled doubles triple tripled improve improves improved improving improvement
    accelerate accelerates accelerated majority exceed exceeds exceeded widen widens widened soar soared lead leads strengthen
    strengthens strengthened better best highest largest most"""
)
DOWN: Final = listed(
    """downtick downticks downturn dip dips dipped slip slips slipped slide slides slid sink sinks sank sunk tumble tumbles tumbled ease eased decrease decreases decreased decreasing drop drops dropped dropping fall falls fell fallen falling decline declines declined declining
    reduce reduces reduced reducing reduction shrink shrinks shrank shrinking down downward lower less fewer smaller shorter slower cut cuts
    cutting lose loses lost losing halve halved halves worse worsen worsens worsened slump slumped plunge plunged minority narrow
    narrows narrowed weaken weakens weakened slow slows slowed lag lags lowest smallest least worst"""
)
# Words that cannot both be said of one thing.
OPPOSITES: Final = {
    one: other
    for pair in """first last;best worst;bigger smaller;biggest smallest;larger smaller;largest smallest;higher lower;highest lowest;older younger;newer older;newest oldest;earlier later
    early late;easy hard;easy difficult;easier harder;safe unsafe;success failure;succeed fail;win lose;include exclude;internal external;before after;above below;inside outside
    open closed;public private;rich poor;cheap expensive;cheaper costlier;possible impossible;same different;minimum maximum;majority minority;start end;begin finish;buy sell;accept reject
    allow forbid;allow prevent;agree disagree;like dislike;strong weak;stronger weaker;fast slow;faster slower;fastest slowest;short long;shorter longer;near far;true false;always never
    more less;more fewer;most least;better worse;positive negative;optional mandatory;optional required;online offline;import export;imports exports;gain loss;profit loss;pass fail
    passed failed;opened closed;added removed;add remove;enable disable;enabled disabled;fortunately unfortunately;likely unlikely;able unable;satisfied dissatisfied""".replace(
        "\n", ";"
    ).split(";")
    for a, b in [pair.split()]
    for one, other in ((a, b), (b, a))
}
CAUSE: Final = listed(
    """because cause causes caused causing leads led drives drove driven thanks due therefore thus hence consequently enables
    enabling enabled result results resulting trigger triggers triggered owing attributable"""
)
# Of the other languages; none of these words is an English one that goes the other way.
_UP_ELSEWHERE = listed(
    """stieg stiegen steigt steigen gestiegen wuchs wuchsen wächst gewachsen erhöht erhöhte erhöhten zugenommen zunahm kletterte kletterten anstieg
    augmenté augmente augmentent hausse progressé progresse progressent monté aumentó aumentaron aumentado creció crecieron subió subieron alza
    incremento aumentato aumentata aumentati salito salita saliti cresciuto cresciuta cresciuti crescita aumento aumentou cresceu subiu steeg
    stegen gestegen groeide gegroeid toegenomen stijging"""
)
_DOWN_ELSEWHERE = listed(
    """sank sanken sinkt sinken gesunken fiel fielen fällt gefallen verringert verringerte reduziert reduzierte senkte senkten gesenkt abgenommen
    abnahm rückgang baissé baisse baissent diminué diminue reculé recule recul chuté chute cayó cayeron bajó bajaron disminuyó descendió redujo
    caída descenso diminuito diminuita calato calata calati sceso scesa scesi calo ridotto caiu diminuiu baixou reduziu queda daalde daalden
    gedaald afgenomen daling"""
)
WAY: Final[dict[str, int]] = dict.fromkeys(UP | _UP_ELSEWHERE, 1) | dict.fromkeys(DOWN | _DOWN_ELSEWHERE, -1)
# Effects and superlatives that a draft must have claimed itself.
STRONG: Final = listed(
    """outperform outperforms outperformed outperforming surpass surpasses surpassed guarantee guarantees guaranteed guaranteeing eliminate
    eliminates eliminated eliminating ensure ensures ensured ensuring prove proves proven proved sustainable successfully significantly
    dramatically drastically massive huge enormous revolutionary revolutionize revolutionizes transformative unprecedented worldwide
    globally universally completely fully entirely everyone everybody immediately instantly permanently best fastest cheapest easiest
    inevitable impossible unbeatable unmatched flawless perfect effortless effortlessly always never"""
)
VAGUE: Final = listed("about around approximately roughly nearly almost just only merely some circa over more less than under at least up")

# ------------------------------------------------------------------ who says so

SAYING: Final = listed(
    """found finds find reports report reported says say said shows show showed shown reveals reveal revealed estimates estimate estimated
    estimating predicts predicted forecasts projects projected states stated claims claimed argues argued notes noted
    advises advise advised recommends recommended fears feared hopes warns expects expected complains complained admits admitted insists insisted
    announced announces suggests suggested concludes concluded identifies identified warns warned confirms confirmed believes"""
)
STUDY: Final = listed(
    "study studies survey surveys report reports research data analysis poll paper experts scientists researchers analysts statistics figures"
)

# ------------------------------------------------------------------ saying the same

# First the word that stands for the others. Words in other groups never match, however alike.
SYNONYMS: Final = """
    company firm enterprise business; person people individual human; worker employee staff; customer client buyer shopper
    buy purchase acquire; begin start commence launch; end finish conclude; big large huge sizable substantial; small little tiny
    important essential crucial vital critical; quick fast rapid speedy swift; help assist aid; show reveal demonstrate
    use utilize employ run adopt leverage usage utilization; need require requirement; build create construct develop make
    common frequent widespread; many numerous; spend invest put; total overall; daily day; weekly week; monthly month; yearly annual annually year
    car automobile vehicle; phone smartphone telephone; answer reply response respond; ask query; difficult hard tough; easy simple straightforward
    error mistake fault; job employment occupation; choose select pick opt; change alter modify; get obtain receive gain; allow permit let enable
    stop halt cease; leave abandon quit depart; fix repair correct; cost price; money cash funds; child kid; doctor physician
    purpose goal aim objective target; method approach technique; location place site; kill slay; injure wound hurt; arrest detain
    student pupil learner; teacher instructor educator; film movie; home house residence; attempt try; issue problem; idea concept
    participant attendee; give provide supply offer deliver; rate rank rated ranked; country nation; move shift transition; hire recruit
    support back endorse; oppose resist; discuss debate; win victory triumph; beat defeat; show display; test trial; author writer
    picture image photo photograph; fight battle; area region zone; group team; meet encounter; keep retain maintain preserve hold
    view regard consider see; own possess; talk speak; watch view; main primary chief principal; worry concern concerned worried; sure confident certain
    send transmit; show exhibit; happen occur; stage step phase; fault bug defect; app application; revenue income; skill ability capability
    sell sold sale; pay paid payment; write written wrote; outdated obsolete; measure gauge quantify; guide lead direct; lately recently; anyone anybody; website site webpage; online web internet; plan intend
"""
# Both spellings and irregular forms, to the one that is counted.
FORMS: Final = _levels(
    run="ran running runs", grow="grew grown", rise="rose risen", fall="fell fallen", begin="began begun", become="became", build="built builds",
    write="wrote written writing", buy="bought", sell="sold", teach="taught", think="thought", bring="brought", send="sent", spend="spent",
    leave="left leaving", lose="lost", win="won", pay="paid", say="said", make="made", find="found", choose="chose chosen", speak="spoke spoken",
    hold="held", lead="led", mean="meant", meet="met", keep="kept", feel="felt", tell="told", see="saw seen", know="knew known", drive="drove driven",
    get="got gotten", take="took taken", give="gave given", go="went gone", come="came", do="did done", eat="ate eaten", fly="flew flown",
    draw="drew drawn", throw="threw thrown", show="showed shown", shrink="shrank shrunk", sink="sank sunk", stand="stood", understand="understood",
    catch="caught", hear="heard", break_="broke broken", fight="fought", seek="sought", stick="stuck", strike="struck", swim="swam swum",
    wear="wore worn", steal="stole stolen", sing="sang sung", ring="rang rung", drink="drank drunk", sleep="slept", shoot="shot", sit="sat",
    lie="lay lain lied lying", use="used using", mouse="mice", tie="tied tying", owe="owed owing", age="aged aging ageing", lay="laid", lend="lent", light="lit", ride="rode ridden", shake="shook shaken", slide="slid", swear="swore sworn",
    wake="woke woken", withdraw="withdrew withdrawn", deal="dealt", feed="fed", flee="fled", forget="forgot forgotten", freeze="froze frozen",
    man="men", woman="women", child="children", person="people persons", datum="data", analysis="analyses", criterion="criteria", die="died dying dies",
    organization="organisation organisations organizations org orgs", program="programme programmes programs", center="centre centres centers",
    gray="grey", license="licence licences licenses", defense="defence", while_="whilst", percent="percentage", catalog="catalogue",
    analyze="analyse analysed analysing analyses analyzed analyzing", judgment="judgement", aging="ageing", check="cheque", tire="tyre",
    skeptic="sceptic sceptical skeptical", artifact="artefact artefacts", hemorrhage="haemorrhage haemorrhaging hemorrhaging", daily="everyday",
    us="u.s u.s.", uk="u.k u.k.", third="3rd", first="1st", second="2nd",
)  # fmt: skip
