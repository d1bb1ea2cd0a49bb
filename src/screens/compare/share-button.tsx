/** What is chosen on this screen as a link. It names runs and recipes; it does not carry them. */
import { Link2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { choiceToQuery } from '../../core/compare/choice';
import { useCompare } from '../../state/runs/compare';
import { Button } from '../../ui/controls/button';
import { useCopyLink } from '../../ui/controls/copy-link';

export function ShareButton() {
  const { t } = useTranslation();
  const { copy, byHand } = useCopyLink(t('compare.shareByHand'));
  const share = (): void => {
    const query = choiceToQuery(useCompare.getState().choice);
    void copy(`#/compare${query ? `?${query}` : ''}`);
  };
  return (
    <>
      <Button icon={<Link2 />} onClick={share}>
        {t('compare.share')}
      </Button>
      {byHand}
    </>
  );
}
