/** The page's entry: language and theme first, so that nothing flashes, then React. */
import { createRoot } from 'react-dom/client';
import { publishPageApi } from '../state/page-api';
import { watchLabelScheme } from '../state/corpus/label-scheme';
import { watchConstantTasks } from '../state/corpus/task-checks';
import { watchTaskLooks } from './task-looks';
import { useSettings, type SettingsState } from '../state/settings';
import '../ui/tokens.css';
import '../ui/base.css';
import { App } from './app';
import { setUpI18n } from './i18n';

const apply = ({ theme }: SettingsState): void => {
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
};

const settings = useSettings.getState();
apply(settings);
const i18n = setUpI18n(settings.language);
useSettings.subscribe((next, previous) => {
  apply(next);
  if (next.language !== previous.language) void i18n.changeLanguage(next.language);
});

publishPageApi();
watchTaskLooks();
watchConstantTasks();
watchLabelScheme();

const root = document.getElementById('root');
if (root) createRoot(root).render(<App />);
