/**
 * A run's curve over its steps, thinned while it is read: of every stretch the least and the largest value
 * stay, so that a run of any length costs a chart the same.
 */
export interface StepCurve {
  /** Ascending. */
  readonly steps: readonly number[];
  readonly values: readonly number[];
}

/** What is drawn of one run, task by task in the order of its configuration. */
export interface StepCurves {
  readonly runId: string;
  /** Steps that were read. */
  readonly count: number;
  readonly losses: readonly StepCurve[];
  readonly effective: readonly StepCurve[];
}

interface Point {
  readonly step: number;
  readonly value: number;
}

export class CurveThinner {
  private readonly low: Point[] = [];
  private readonly high: Point[] = [];
  private first: Point | null = null;
  private latest: Point | null = null;

  /** @param last the run's last step; 1-based  @param points of the curve at most; at least 4 */
  constructor(
    private readonly last: number,
    private readonly points: number,
  ) {}

  /** In ascending order of steps. What is no finite number leaves a gap. */
  push(step: number, value: number): void {
    if (!Number.isFinite(value)) return;
    const stretches = Math.floor((this.points - 2) / 2);
    const at = Math.min(stretches - 1, Math.floor(((step - 1) * stretches) / Math.max(1, this.last)));
    const point = { step, value };
    if (!(this.low[at] && this.low[at].value <= value)) this.low[at] = point;
    if (!(this.high[at] && this.high[at].value >= value)) this.high[at] = point;
    this.first ??= point;
    this.latest = point;
  }

  curve(): StepCurve {
    const kept = new Map(
      [this.first, this.latest, ...this.low, ...this.high].flatMap((point) =>
        point ? [[point.step, point.value] as const] : [],
      ),
    );
    const sorted = [...kept].sort(([a], [b]) => a - b);
    return { steps: sorted.map(([step]) => step), values: sorted.map(([, value]) => value) };
  }
}
