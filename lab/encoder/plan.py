"""How long and how fast a training runs."""

from dataclasses import dataclass

WARM_UP = 40  # steps: Adam's first ones are as large as its rate, whatever the gradient


@dataclass(frozen=True, slots=True)
class Stage:
    """Some steps of a kind: on what passages, and how much of the time on questions."""

    steps: int
    max_chars: int  # of a passage
    passages: int  # right passages in one batch of questions
    questions: float  # share of the steps that see questions


@dataclass(frozen=True, slots=True)
class Plan:
    """The stages, and a cool-down at their end: a linear fall of the rate to nothing."""

    stages: tuple[Stage, ...]
    cooldown: int
    rate: float = 1.5e-4
    word_rate: float = 4e-4  # new rows have far to go and are seen seldom
    seed: int = 1

    @property
    def steps(self) -> int:
        return sum(stage.steps for stage in self.stages)

    def stage(self, step: int) -> tuple[Stage, int]:
        """The stage of `step`, and the step at which it ends."""
        end = 0
        for stage in self.stages:
            end += stage.steps
            if step < end:
                return stage, end
        return self.stages[-1], end

    def factor(self, step: int) -> float:
        """What of the rate is used at `step`: warm-up, plateau, cool-down."""
        return min(1.0, (step + 1) / WARM_UP, (self.steps - step) / max(1, self.cooldown))
