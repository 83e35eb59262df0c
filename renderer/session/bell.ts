import type { Preferences } from '../app/preferences.ts';

const FLASH_CLASS = 'has-bell';
const FLASH_MS = 200;
const TONE_HZ = 660;
const TONE_S = 0.12;
const TONE_GAIN = 0.08;
/** A program that rings without end is heard this often: fewer flashes than three a second (WCAG 2.3.1). */
const LEAST_PAUSE_MS = 500;

/** Rings a terminal's bell as the person likes it; what the browser does not let sound is silent. */
export function createBell(page: Window): { ring(kind: Preferences['bell'], element: HTMLElement): void } {
  let audio: AudioContext | null = null;
  let rungAtMs = -Infinity;
  const sound = () => {
    audio ??= new AudioContext();
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.frequency.value = TONE_HZ;
    volume.gain.setValueAtTime(TONE_GAIN, audio.currentTime);
    volume.gain.exponentialRampToValueAtTime(0.0001, audio.currentTime + TONE_S);
    tone.connect(volume).connect(audio.destination);
    tone.start();
    tone.stop(audio.currentTime + TONE_S);
  };
  return {
    ring(kind, element) {
      const nowMs = page.performance.now();
      if (kind === 'none' || nowMs - rungAtMs < LEAST_PAUSE_MS) return;
      rungAtMs = nowMs;
      if (kind === 'sound') sound();
      else flash(page, element);
    },
  };
}

/** Shown for a moment and taken back, not animated: it is seen with reduced motion too. */
function flash(page: Window, element: HTMLElement): void {
  element.classList.add(FLASH_CLASS);
  page.setTimeout(() => element.classList.remove(FLASH_CLASS), FLASH_MS);
}
