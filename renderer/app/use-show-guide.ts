import { useCallback } from 'react';
import { useServices } from './services-context.tsx';

/** Brings the guide back, whatever was put away or is done. */
export function useShowGuide(): () => void {
  const { isGuideAsked, preferences, router } = useServices();
  return useCallback(() => {
    preferences.set(previous => ({ ...previous, closedGuides: [] }));
    isGuideAsked.set(true);
    router.go({ view: 'launcher' });
  }, [isGuideAsked, preferences, router]);
}
