/** Russian of what a backend says of itself. */
import type { BACKEND_DETAILS } from '../../../core/training/backend-details';
import type { Russian } from '../shape';

export const backendDetailsRu: Russian<typeof BACKEND_DETAILS> = {
  javascript: 'обычный JavaScript, медленно',
  'one-thread': 'WebAssembly, один поток',
  'threads-later': 'WebAssembly; сколько потоков выгодно, измеряется при запуске обучения',
  'threads-pinned': 'WebAssembly, потоков: {{threads}}',
  'threads-faster': 'WebAssembly, потоков: {{threads}}, быстрее одного в {{gain}} раза',
  'threads-no-gain': 'WebAssembly, один поток; с числом потоков {{threads}} — лишь {{gain}}× его скорости',
  'threads-failed': 'WebAssembly, один поток; {{message}}',
  'unnamed-adapter': 'видеокарта без названия',
};
