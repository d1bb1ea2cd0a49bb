/**
 * Names of seven numbers, `03-01-05-01-02-01-12`: RAVDESS invented them, BanglaSER took them over with other
 * codes. What each corpus can have is written here once, so that either adapter knows the other's.
 */
import type { Gender } from './types';

/** Modality, channel, emotion, intensity, statement, repetition, actor; there is no strong neutral. */
export const RAVDESS_NAME =
  /^(0[1-3])-(0[12])-(?!01-02)(0[1-8])-(0[12])-(0[12])-(0[12])-(0[1-9]|1\d|2[0-4])$/;
/** Sound alone, scripted; emotion, intensity, statement, repetition, actor. */
export const BANGLASER_NAME = /^03-01-(0[1-5])-(0[12])-(0[1-3])-(0[1-3])-(0[1-9]|[12]\d|3[0-4])$/;

/** Of an actor of either corpus. */
export const genderOfActor = (actor: string): Gender => (Number(actor) % 2 === 1 ? 'male' : 'female');
