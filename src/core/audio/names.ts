/**
 * Which files are sound by their names: the one place that lists endings. What a file is, its bytes say
 * (foreign.ts, riff.ts, sound.ts).
 */

const AUDIO = /\.(wav|flac|mp3|ogg|oga|opus|m4a|aac)$/i;

/** Whether a file, given by name or path, is called as a sound file that can be read is. */
export const isAudioName = (name: string): boolean => AUDIO.test(name);

/** Whether it must be a WAV file: another format under this name is refused by its own name. */
export const isWavName = (name: string): boolean => /\.wav$/i.test(name);

/** The name (or path) of a sound file without its ending; any other name as it is. */
export const audioStem = (name: string): string => name.replace(AUDIO, '');
