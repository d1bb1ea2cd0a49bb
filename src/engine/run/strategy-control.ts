/**
 * What the user changes of the weighting while a run goes: options that act live, the instruments, the
 * strategy of the next epoch. Checks it, has it act, and says so. Not here: carrying a switch out at the
 * epoch's boundary (loop/take-over.ts), what acts (weighing.ts).
 */
import { asDetails, toWire } from '../../core/errors/errors';
import type { ByHand } from '../../core/training/adjustments';
import type { LogEntry } from '../../core/training/events';
import type { Instruments } from '../../core/config/run-config';
import type { StrategyChoice } from '../../core/training/segments';
import type { StrategyOptions } from '../../core/weighting/types';
import type { Journal } from './journal';
import type { Parts } from '../step/parts';
import type { Weighing } from '../step/weighing';

export class StrategyControl {
  /** The last checkpoint knows of the strategy that is asked for. */
  nextSaved = true;

  constructor(
    private readonly weighing: Weighing,
    private readonly parts: Parts,
    private readonly journal: Journal,
    /** 1-based, the one under way. */
    private readonly epoch: () => number,
    private readonly log: (level: LogEntry['level'], code: string, details: LogEntry['details']) => unknown,
  ) {}

  /**
   * Takes effect with the next step. @param segment which of the run's segments (from 1) they are meant for;
   * none: the present one  @param lenient leaves out what does not act live
   * @returns false where that segment is not the present one: nothing is changed  @throws ConfigError when an
   * option does not fit, is unknown or does not act live
   */
  setOptions(options: StrategyOptions, segment?: number, lenient = false): boolean {
    const { weighing } = this;
    if (segment !== undefined && segment !== weighing.segment) return false;
    if (weighing.setOptions(options, this.epoch(), lenient)) {
      this.journal.weighing(weighing);
      this.log('info', 'strategy-changed', { options: JSON.stringify(weighing.inForce.options) });
    }
    return true;
  }

  /**
   * From the next step on gradients are measured so; no number of the run changes. @throws ConfigError where
   * it does not fit, the memory included
   */
  setInstruments(wanted: Instruments): void {
    const { weighing } = this;
    const instruments = weighing.checkInstruments(wanted);
    if (!instruments) return;
    this.parts.checkInstruments(instruments);
    weighing.setInstruments(instruments, this.epoch());
    this.journal.weighing(weighing);
    this.log('info', instruments.every === 0 ? 'instruments-off' : 'instruments-changed', {
      every: instruments.every,
      gradients: instruments.gradients,
    });
  }

  /**
   * What the user set after the checkpoint: it acts from the first step on, where the strategy it was meant
   * for is still in force. @throws ConfigError
   */
  setByHand({ options, instruments }: ByHand): void {
    for (const { strategy, segment, values } of options)
      if (strategy === this.weighing.inForce.id) this.setOptions(values, segment ?? undefined, true);
    if (instruments) this.setInstruments(instruments);
  }

  /**
   * Takes over with the next epoch; null, or the one that is in force, takes that back. @throws ConfigError
   * where it does not fit, into memory either (`strategy-too-large`)
   */
  switchStrategy(wanted: StrategyChoice | null): void {
    const { weighing } = this;
    const changed = weighing.ask(wanted, (choice) => this.parts.check(choice));
    const { next, inForce } = weighing;
    if (changed)
      this.log('info', next ? 'strategy-next' : 'strategy-kept', {
        strategy: (next ?? inForce).id,
        options: JSON.stringify((next ?? inForce).options),
      });
    this.nextSaved = false;
    this.journal.weighing(weighing);
  }

  /**
   * As {@link switchStrategy}, of a run that goes on: what does not fit here is told, and no reason not to
   * begin.
   */
  askFor(wanted: StrategyChoice): void {
    try {
      this.switchStrategy(wanted);
    } catch (error) {
      this.refuse(error);
    }
  }

  refuse(error: unknown): void {
    this.log('error', 'strategy-refused', asDetails(toWire(error)));
  }
}
