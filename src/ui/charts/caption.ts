/**
 * What charts below say in the caption of their files: which run, how it was made. Read when a file is saved.
 */
import { createContext } from 'react';

export const ChartCaption = createContext<() => string>(() => '');
