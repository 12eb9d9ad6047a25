"""What of a model no bundle knows: it is asked of the people who use it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Question:
    """Something that a person has to say."""

    section: str
    """Table of the file of particulars."""
    field: str
    asks: str

    @property
    def name(self) -> str:
        """Name of the answer: `owner.team`."""
        return f"{self.section}.{self.field}"


_ASKED = {
    "owner": {
        "organisation": "organisation that answers for the tool",
        "team": "team that runs it",
        "senior_responsible_owner": "role of the senior responsible owner",
        "contact_email": "mailbox for questions from the public",
        "website": "page that says more about the tool",
        "suppliers": "suppliers, what each does, how they were procured, which data they may see; none where there is none",
    },
    "use": {
        "purpose": "what the matched addresses are for, in a sentence or two for the public",
        "scope": "which addresses it is used for, and which it is not to be used for",
        "benefit": "what it is better at than what was before",
        "previous_process": "how addresses were matched before",
        "alternatives": "what else was considered, and why it was not taken",
        "process": "where in the statistical process it stands, and what is done with its answers",
        "scale": "how often it is used, and for how many addresses",
        "human_review": "who looks at answers in review, by which instructions, and who may overrule a match",
        "training": "what those people are taught before",
        "appeals": "how somebody asks for a decision to be looked at again; why not, where nobody can",
        "phase": "idea, design, development, beta or pilot, production, retired",
        "maintenance": "who looks at the monitoring, how often, and when the model is reviewed",
    },
    "data": {
        "reference": "register that is matched against, its publisher, epoch and licence",
        "addresses": "where the addresses to match come from, and on what legal ground they are held",
        "sensitive": "personal or sensitive attributes among them; none where there are none",
        "representativeness": "whom the addresses cover, and whom they miss",
        "access_and_storage": "who may see them, where they are kept, how long",
        "sharing": "agreements by which they are shared",
    },
    "quality": {
        "accuracy": "precision and recall on labelled addresses of your own, with date and number",
        "slices": "groups of addresses for which it is worse, and what is done about them",
        "timeliness": "how soon answers are needed, and how soon they come",
        "cost_effectiveness": "what it costs a year, people included, for what it gives",
    },
    "risks": {
        "impact_assessments": "assessments that were done (data protection, equality), with dates and links",
        "risks": "what may go wrong for people, and what is done against it",
    },
}

QUESTIONS = tuple(
    Question(section, field, asks) for section, fields in _ASKED.items() for field, asks in fields.items()
)
"""All of them, in the order in which they are asked."""
