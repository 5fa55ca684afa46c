"""English verbs by their forms: which word of a text can carry a clause. Written for this project, derived from no corpus."""

from __future__ import annotations


def _listed(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Verbs that open an instruction or carry a clause (base forms).
VERBS = _listed(
    """accept access achieve act add adjust adopt agree aim allow analyse analyze announce answer appear apply approach ask assess assign assume
    attract avoid back balance become begin believe benefit bind block boost borrow break bring build buy call capture care carry cause change
    charge check choose claim clean clear click close collect combine come commit compare complete concern configure connect consider consist
    contain continue contribute control convert copy cost count cover create cut deal decide declare define delete deliver demand depend deploy
    describe design detect determine develop differ disable discover discuss display divide document double download draft draw drive drop earn
    enable encourage end enforce engage enjoy ensure enter escalate establish estimate evaluate examine exceed execute exist expand expect explain
    explore export expose extend face fail fall feel fetch fill filter find finish fit fix focus follow force forget form gain gather generate get
    give go govern grow guide handle happen hear help hide hire hit hold host identify ignore implement import improve include increase indicate
    influence inform initialize install integrate introduce invest involve join jump justify keep know label lack launch lead learn leave lend let
    limit link list listen live load look lose love lower maintain make manage map mark master match matter mean measure meet merge migrate miss
    mix monitor move name need note notice occur offer open operate optimise optimize orchestrate order organise organize outline own pass paste
    pay perform pick pilot place plan play point prefer prepare present preserve prevent print prioritise prioritize produce promise promote
    protect prove provide publish pull push put qualify raise reach read realise realize rebuild receive recommend record redesign reduce refer
    reflect refuse release rely remain remember remove rename render rent repair repeat replace report represent require reserve resolve respond
    rest restart restore restrict result return reveal review rewrite rise rotate run save say scale schedule search see seem select sell send
    separate serve set settle share shift show sign simplify sit skip slow solve sound speak specify speed spend split spread stand start state
    stay stick stop store strengthen study suffer suggest supply support suppose surprise survey survive switch take talk target teach tell tend
    test think throw track trade train transfer transform translate travel treat trigger trust try turn type understand update upgrade use
    validate vary verify view visit vote wait walk want warn waste watch water wear widen win wonder work worry wrap write"""
)
# More verbs that carry a clause; many are nouns too, so they say nothing elsewhere.
CLAUSE_VERBS = VERBS | _listed(
    """abandon abolish absorb abstract accelerate accommodate accompany accomplish accumulate acquire activate adapt address adhere advance advise
    advocate affect afford aggravate aggregate alert align alter alternate amend amount append appoint appreciate approve arise arrange arrive
    assemble assert assist associate attach attempt attend audit automate await ban base bear beat behave bend bet bias blame blend boot bother
    bounce bound brief browse bump bundle burn bury bust bypass cache calculate cancel cast catch celebrate center centralise centralize challenge
    chase circulate cite classify climb coach coincide collaborate collapse comment commission communicate compete compile complain complement
    complicate comply compose compress compromise compute conceal conclude conduct confirm conflict confront confuse constitute construct consult
    consume contact contrast cool cooperate coordinate cope correct correlate correspond couple craft crash criticise criticize cross crush
    cultivate curate customise customize cycle dare date debate debug decline decorate decrease dedicate defeat defend defer degrade delay
    delegate demo demonstrate deny depict derive deserve destroy detail devote diagnose dictate die digest diminish dip direct disagree disappear
    discard disclose discourage dismiss disrupt distinguish distribute dive donate doubt drag drain drift dub duplicate echo edit educate elect
    elevate eliminate email embed embrace emerge emit emphasise emphasize employ empower emulate encapsulate encode encounter encrypt enhance
    enlarge enrich enrol enroll ensue equip erode err evolve exacerbate exchange exclude excuse exempt exhaust exit expire explode exploit extract
    facilitate fade fake favor favour feature feed fight figure finalise finalize finance fire fly fold forbid forecast foresee forge format
    formulate forward foster found frame free freeze frustrate fuel fulfil fulfill function fund fuse grab grade grant graph grasp greet grip
    group guarantee guess halt halve harm harvest head heal heat highlight hint hook hope house hunt hurt illustrate imagine imitate impact imply
    impose impress incorporate incur index induce infer inherit inhibit initiate inject innovate insert inspect inspire instruct insulate insure
    intend interact interfere interpret interrupt intersect interview invent inverse invert investigate invite invoke isolate issue iterate kick
    kill knock lag land lay leak lean leverage lift like line loan locate lock log loop magnify mail mandate manipulate manufacture market mask
    mediate memorise mention mentor minimise minimize mirror mislead mitigate mock modernise modernize modify mount multiply nail narrow navigate
    neglect negotiate nest normalise normalize notify number nurture obey object observe obtain omit oppose opt originate outgrow outperform
    output outweigh overcome overlap overload overlook override oversee overwhelm overwrite owe pack package pad page paint parse partition
    partner pause perceive persist persuade phase pin pinpoint pitch plague please plot plug poll pool pop populate portray pose position possess
    post postpone pour power praise preclude predict prescribe press pretend prevail price probe proceed process procure profile profit program
    progress prohibit project prolong prompt propagate propose protest prune purchase pursue query question queue quit quote race rank rate react
    reassure rebound recall recognise recognize reconcile reconsider reconstruct recover recruit redirect redo refactor refine refresh regain
    regard register regret regulate reinforce reimburse reject relate relax relieve reload relocate remark remedy remind reopen reorganise reorganize
    rephrase reproduce repurpose request rescue research resemble reset reside resist respect retain rethink retire retrieve retry reuse revert
    revise revisit revive revolve reward ride ring risk roll round route rule rush sacrifice safeguard sample satisfy saturate saw scan scatter
    score scrape screen seal secure seek segment seize sense serialise serialize shape shed shelter shine ship shoot shop shorten shout shrink
    shut sideline signal simulate single size skew slice slide smooth snap soar soften spark spawn specialise specialize spin sponsor spot spring
    spur stabilise stabilize stack staff stage stall standardise standardize stare stem step stimulate strain stress stretch strike strip strive
    structure struggle subject submit subscribe subsidise subsidize substitute subtract succeed sum summarise summarize supersede supplement
    suppress surface surge surpass surround suspect suspend sustain swap sweep swing sync synchronise synchronize tackle tag tailor tap tempt
    terminate thank thrive tie tighten tilt time tolerate top total touch tour trace trap traverse trim triple triumph troubleshoot tune tutor
    underestimate undergo underlie underline undermine underpin undertake undo unify unite unlock unveil uphold urge utilise utilize value vanish
    venture violate visualise visualize volunteer vow wake warm warp warrant wash weaken weigh welcome wipe wish withdraw withhold witness worsen
    wound yield zoom"""
)
# Finite forms that cannot be read off the base forms.
FINITE = _listed("""am are is was were be has have had do does did can cannot could will would shall should may might must ain't isn't aren't wasn't weren't
    hasn't haven't hadn't don't doesn't didn't can't couldn't won't wouldn't shouldn't mustn't needn't i'm i've i'll you're you've you'll we're
    we've we'll they're they've they'll it's that's there's here's he's she's who's what's let's
    became began broke brought built bought came chose cost cut drew drove fell felt found gave went grew held hit kept knew led left lost made
    meant met paid put ran read rose said saw sold sent set showed shrank sat spoke spent stood stuck took taught told thought threw understood
    won wrote got forgot arose ate beat became bent blew bore bound bred broke burnt caught clung crept dealt drank drove fed fled flew forbade
    foresaw fought froze ground grew hid hung hurt kept laid lay lent lit met overcame overtook quit rang rebuilt rode sang sank sewed shook shone
    shot shrank shut sought slept slid sped spent split sprang spread stole struck stuck swam swept swore swung threw undertook underwent undid
    upheld woke withdrew wound""")
# Of these, the forms that are past and nothing else.
PAST = _listed(
    """became began broke brought built bought came chose drew drove fell felt found gave went grew held kept knew led left lost made met paid ran rose
    said saw sold sent showed shrank sat spoke spent stood stuck took taught told thought threw understood won wrote got forgot arose ate bore bred burnt
    caught clung crept dealt drank fed fled flew forbade foresaw fought froze hid hung lay lent lit overcame overtook rang rebuilt rode sang sank shook shone
    shot slept slid sped sprang stole struck swam swept swore swung undertook underwent undid upheld woke withdrew wound"""
)
# Before these a word is no finite verb, whatever its form.
NOUN_MARKS = _listed(
    """a an the my your our their its his her of in on at by for with from to into as than about between no any some every each"""
)


def is_verb(word: str, known: frozenset[str] = VERBS) -> bool:
    """Whether a lower-case word is a form of a known verb (not its -ing form)."""
    if word in known:
        return True
    stems = {word.removesuffix("s"), word.removesuffix("es"), word.removesuffix("d"), word.removesuffix("ed")}
    if word.endswith(("ies", "ied")):
        stems.add(word[:-3] + "y")
    if len(word) > 5 and word.endswith("ed") and word[-3] == word[-4]:
        stems.add(word[:-3])
    return any(stem in known for stem in stems if stem != word)


def carries(before: str, word: str) -> bool:
    """Whether a lower-case word behind `before` can carry a clause."""
    return word in FINITE or (_finite(word) and before not in NOUN_MARKS)


def _finite(word: str) -> bool:
    if word in FINITE or word.endswith(("'s", "'re", "'ve", "'ll", "n't", "'d", "'m")):
        return word in FINITE or not word.endswith("'s")
    return is_verb(word, CLAUSE_VERBS)
