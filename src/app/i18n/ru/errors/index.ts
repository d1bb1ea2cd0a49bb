/** Russian of all errors, by code; the compiler checks that no code and no variant is missing. */
import { audioRu } from './audio';
import { corpusRu, permissionRu } from './corpus';
import { configRu } from './config';
import { filesRu } from './files';
import { modelRu } from './model';
import { backendRu, divergenceRu } from './engine';
import { storageRu } from './storage';
import { weightsRu } from './weights';
import { workerRu, pageRu } from './page';
import type { CATALOGUE } from '../../../../core/errors/catalogue';
import type { Russian } from '../../shape';

export const errorsRu: Russian<typeof CATALOGUE> = {
  ...audioRu,
  ...corpusRu,
  ...permissionRu,
  ...configRu,
  ...filesRu,
  ...modelRu,
  ...backendRu,
  ...divergenceRu,
  ...storageRu,
  ...weightsRu,
  ...workerRu,
  ...pageRu,
};
