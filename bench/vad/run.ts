/** Trains one run of the V/A/D sweep (RUN names it). */
import { keepRun } from '../support/kept-run';
import { plannedRuns } from './plan';

await keepRun(plannedRuns());
