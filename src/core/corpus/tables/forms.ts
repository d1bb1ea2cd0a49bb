/** Every form in which a table describes a corpus; the first one that a folder has is read. A new one is a line here. */
import { audformat } from './audformat';
import { delimited } from './delimited';
import { emobox } from './emobox';
import type { TableForm } from './gather';

export const TABLE_FORMS: readonly TableForm[] = [audformat, emobox, delimited];
