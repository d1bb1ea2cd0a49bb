/**
 * Says in passing what the event log keeps: that a run got over a fault, or computes with another backend or
 * other kernels than the best ones.
 */
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useRun } from '../../../state/run/run';
import { toast } from '../../../ui/controls/toast';

export function Announcements() {
  const { t } = useTranslation();
  const recoveries = useRun((s) => (s.trained?.live ? s.trained.recoveries : null));
  const backend = useRun((s) => (s.trained?.live ? s.trained.backend : null));
  const before = useRef(recoveries);
  useEffect(() => {
    // Grown while one looks: an old run that is opened has been through it already.
    if (recoveries !== null && before.current !== null && recoveries > before.current)
      toast(t('transport.recoveredToast'));
    before.current = recoveries;
  }, [recoveries, t]);
  useEffect(() => {
    for (const { id } of backend?.passedOver ?? [])
      toast(
        t('transport.passedOver', {
          backend: t(`backend.${id}`),
          instead: t(`backend.${backend!.id as 'wasm'}`),
        }),
      );
    if ((backend?.replaced ?? backend?.avoided ?? []).length > 0) toast(t('transport.replaced'));
  }, [backend, t]);
  return null;
}
