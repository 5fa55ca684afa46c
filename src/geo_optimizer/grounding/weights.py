"""The weights of `weighing`, in log odds: fitted by `benchmarks/grounding.py train` to some 3,000 claims about 150 articles and news texts.

`AGAINST`: for each kind of objection, what it takes from a claim that copies
its evidence closely, from one that copies it, and from a free rewording.
"""

BIAS = 1.32
UNBORNE = {
    "uncovered": 1.96,
    "hardly covered": 8.00,
    "strange names": 1.32,
}
AGAINST: dict[str, tuple[float, float, float]] = {
    "figure": (3.00, 3.00, 3.00),
    "loose": (2.50, 1.74, 1.50),
    "moved": (2.03, 0.32, 0.40),
    "misplaced": (2.59, 1.82, 2.08),
    "borrowed": (2.53, 0.97, 0.99),
    "swapped": (3.50, 0.74, 1.64),
    "replaced": (2.25, 2.03, 1.80),
    "population": (2.79, 2.04, 1.96),
    "wider": (2.88, 2.19, 1.86),
    "unsaid": (2.00, 1.44, 0.77),
    "owner": (2.79, 2.00, 1.36),
    "share": (2.50, 2.40, 1.80),
    "rate": (2.53, 2.38, 2.32),
    "dated": (2.53, 2.00, 1.80),
    "source": (3.88, 3.00, 3.00),
    "elsewhere": (2.81, 2.36, 1.53),
    "change": (2.56, 2.20, 2.00),
    "slot": (2.50, 2.00, 1.27),
    "subject": (2.00, 1.20, 0.20),
    "planned": (2.00, 1.20, 1.12),
    "ahead": (2.50, 2.00, 1.69),
    "future": (2.00, 1.20, 1.11),
    "partly": (2.50, 2.00, 1.65),
    "denied": (3.51, 1.81, 1.00),
    "affirmed": (3.74, 2.26, 1.17),
    "unspoken": (2.11, 0.62, 1.24),
    "direction": (3.27, 2.57, 1.52),
    "opposite": (2.53, 2.02, 1.80),
    "sides": (2.50, 2.24, 1.80),
    "certainty": (2.11, 0.78, 1.16),
    "hedge": (2.94, 1.47, 0.43),
    "undone": (2.35, 1.93, 1.80),
    "frequency": (2.66, 1.20, 0.72),
    "always": (2.77, 2.00, 1.80),
    "extent": (3.39, 2.37, 1.95),
    "all": (2.65, 2.62, 1.85),
    "some": (2.80, 2.08, 0.68),
    "cause": (2.00, 1.13, 0.77),
    "joined": (2.50, 2.00, 1.80),
    "strength": (2.16, 1.18, 1.57),
    "exchanged": (3.08, 2.11, 1.37),
    "name": (3.07, 1.71, 0.63),
    "group": (2.89, 2.36, 1.80),
    "counted": (2.75, 1.76, 1.80),
    "word": (1.22, 0.62, 0.63),
}
