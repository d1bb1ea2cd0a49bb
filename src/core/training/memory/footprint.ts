/**
 * The engine's training step with sizes instead of tensors: what is allocated, kept for the backward pass and
 * freed, in the order of src/engine (network.ts, section.ts) on the wasm backend. What a single operation
 * takes is its own description's (core/model/ops); a test compares both.
 */
import { sizeOf } from '../../model/graph';
import { fuse, HOST_FUSIONS, type PlannedStep } from '../../model/fusion';
import { bytesOf } from '../../model/ops/op';
import type { ModelPlan, Section } from '../../model/plan';

/** Bytes in use, with the largest value seen. */
class Ledger {
  private used = 0;
  peak = 0;
  largest = 0;

  take(bytes: number): Data {
    this.used += bytes;
    this.peak = Math.max(this.peak, this.used);
    this.largest = Math.max(this.largest, bytes);
    return new Data(this, bytes);
  }

  give(bytes: number): void {
    this.used -= bytes;
  }

  /** Memory that is free again when the kernel returns. */
  passing(bytes: number): void {
    this.take(bytes).release();
  }
}

/** An array that several tensors may share. */
class Data {
  private holders = 1;
  constructor(
    private readonly ledger: Ledger,
    readonly bytes: number,
  ) {}
  share(): this {
    this.holders++;
    return this;
  }
  release(): void {
    if (--this.holders === 0) this.ledger.give(this.bytes);
  }
}

interface Done {
  readonly step: PlannedStep;
  readonly kept: readonly Data[];
}

/** A section that was run forward. */
interface Run {
  readonly section: Section;
  readonly done: readonly Done[];
  readonly y: Data;
}

/**
 * Who takes each task's gradient of everything that is shared: the strategy (`own`), the instruments beside
 * it (`aside`).
 */
export interface TaskPasses {
  readonly own: boolean;
  readonly aside: boolean;
  /**
   * Whether the strategy keeps an average of each task's gradient from step to step: a copy of the shared
   * parameters for each.
   */
  readonly averages?: boolean;
}

/** Goes through `examples` examples; gradients are held from the first to the last. */
class Walk {
  readonly ledger = new Ledger();
  /** Gradients by name, with their bytes. */
  private readonly held = new Map<string, number>();
  /** Whose gradients are computed: names of a task's own begin with it. */
  private of = '';
  constructor(
    private readonly plan: ModelPlan,
    private readonly examples: number,
    private readonly apart: TaskPasses,
  ) {}

  private bytes(node: number): number {
    return bytesOf(this.examples, this.plan.nodes[node]!.output);
  }

  /** The gradient `<node of the step>.<suffix>`: held, or added to the one that is. */
  private gradient({ nodes }: PlannedStep, gradient: string): void {
    const [place, suffix] = gradient.split(/\.(.*)/s) as [string, string];
    const { name, parameters } = nodes[Number(place)]!;
    const parameter = parameters.find((one) => one.name === `${name}.${suffix}`)!;
    const bytes = 4 * sizeOf(parameter.shape);
    if (this.held.has(this.of + parameter.name)) this.ledger.passing(bytes);
    else this.ledger.take(bytes);
    this.held.set(this.of + parameter.name, bytes);
  }

  /** Gradients whose names begin so are not needed any more. */
  private drop(prefix: string): void {
    for (const [name, bytes] of this.held)
      if (name.startsWith(prefix)) {
        this.ledger.give(bytes);
        this.held.delete(name);
      }
  }

  private step(step: PlannedStep, xs: readonly Data[]): { readonly done: Done; readonly y: Data } {
    const { keeps, forward } = step.memory(this.examples);
    const kept: Data[] = keeps.includes('inputs') ? [...xs] : [];
    let y: Data | null = null;
    for (const event of forward) {
      if (event === 'output') y = this.ledger.take(this.bytes(step.output));
      else if (event === 'output-is-input') y = xs[0]!.share();
      else if ('keep' in event) kept.push(this.ledger.take(event.keep));
      else this.ledger.passing(event.work);
    }
    if (keeps.includes('output')) kept.push(y!.share());
    if (!keeps.includes('inputs')) for (const x of xs) x.release();
    return { done: { step, kept }, y: y! };
  }

  /** Takes the input over. Each reader of a value has a handle of its own. */
  private forward(section: Section, input: Data): Run {
    const steps = fuse(section, HOST_FUSIONS);
    const readers = (id: number): number =>
      steps.reduce((sum, { inputs }) => sum + inputs.filter((one) => one === id).length, 0);
    const values = new Map<number, Data[]>();
    const hold = (id: number, data: Data): void => {
      const handles = Math.max(1, readers(id) + (id === section.output ? 1 : 0));
      values.set(
        id,
        Array.from({ length: handles }, (_, i) => (i === 0 ? data : data.share())),
      );
    };
    hold(section.input, input);
    const done = steps.map((step) => {
      const { done: one, y } = this.step(
        step,
        step.inputs.map((id) => values.get(id)!.pop()!),
      );
      hold(step.output, y);
      return one;
    });
    return { section, done, y: values.get(section.output)!.pop()! };
  }

  private stepBack({ step, kept }: Done, dy: Data, wanted: readonly boolean[], keep: boolean) {
    const held: Data[] = [];
    const dxs: (Data | null)[] = step.inputs.map(() => null);
    for (const event of step.memory(this.examples).backward) {
      if ('hold' in event) held.push(this.ledger.take(event.hold));
      else if ('gradient' in event) {
        const work = event.work ? this.ledger.take(event.work) : null;
        this.gradient(step, event.gradient);
        work?.release();
      } else if ('inputs' in event) {
        step.inputs.forEach((id, i) => {
          if (!wanted[i]) return;
          dxs[i] = event.inputs === 'shared' ? dy.share() : this.ledger.take(this.bytes(id));
          if (event.work) this.ledger.passing(event.work);
        });
      } else this.ledger.passing(event.work);
    }
    for (const data of held) data.release();
    dy.release();
    if (!keep) for (const data of kept) data.release();
    return dxs;
  }

  private summed(parts: readonly Data[]): Data {
    if (parts.length === 1) return parts[0]!;
    const sum = this.ledger.take(parts[0]!.bytes);
    for (const part of parts) part.release();
    return sum;
  }

  /** Takes dy over. @param keep another pass will follow  @returns the input's gradient, where it is wanted */
  private backward({ section, done }: Run, dy: Data, wantInput: boolean, keep = false): Data | null {
    const pending = new Map<number, Data[]>([[section.output, [dy]]]);
    for (const one of done.toReversed()) {
      const { inputs, output } = one.step;
      if (!pending.has(output)) {
        // Nothing that is trained lies in front of it: nobody wants its gradient.
        if (!keep) for (const data of one.kept) data.release();
        continue;
      }
      const wanted = inputs.map((id) => wantInput || this.plan.nodes[id]!.trained);
      const dxs = this.stepBack(one, this.summed(pending.get(output)!), wanted, keep);
      pending.delete(output);
      inputs.forEach((id, i) => {
        if (dxs[i]) pending.set(id, [...(pending.get(id) ?? []), dxs[i]]);
      });
    }
    const atInput = pending.get(section.input);
    return atInput ? this.summed(atInput) : null;
  }

  /** A backward pass of the trunk for each task. @param keep whether one more will follow */
  private apartFrom(trunk: Run, atShared: readonly Data[], prefix: string, keep: boolean): void {
    atShared.forEach((dy, i) => {
      this.of = `${prefix}${i}:`;
      this.backward(trunk, dy, false, keep || i < atShared.length - 1);
    });
    this.of = '';
  }

  /** @param last whether no further part follows */
  pass(last: boolean): void {
    const trunk = this.forward(this.plan.trunk, this.ledger.take(this.bytes(0)));
    const heads = this.plan.heads.map((head) => this.forward(head, trunk.y.share()));
    trunk.y.release();
    if (this.apart.aside) {
      this.of = 'thrown away:';
      const seen = heads.map((head) => this.backward(head, head.y.share(), true, true)!);
      this.drop(this.of);
      this.apartFrom(trunk, seen, 'aside ', true);
      if (last) this.drop('aside ');
    }
    const atShared = heads.map((head) => this.backward(head, head.y, true)!);
    if (this.apart.own) {
      this.apartFrom(trunk, atShared, 'own ', false);
      return;
    }
    this.backward(trunk, this.summed(atShared), false);
  }
}

/**
 * Peak bytes of a step beside parameters and moments, gradients included, and the largest single array.
 * @param examples at a time  @param split whether further parts follow, whose gradients are added
 */
export function stepFootprint(
  plan: ModelPlan,
  examples: number,
  split: boolean,
  apart: TaskPasses = { own: false, aside: false },
): { readonly peak: number; readonly largest: number } {
  const walk = new Walk(plan, examples, apart);
  walk.pass(!split);
  if (split) walk.pass(true);
  const { peak, largest } = walk.ledger;
  return { peak, largest };
}
