import '../bridge/zod-without-eval.ts';
import '../bridge/trusted-types.ts';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { chooseBridge } from '../bridge/choose-bridge.ts';
import '@xterm/xterm/css/xterm.css';
import '../design/tokens.css';
import '../design/base.css';
import '../design/controls.css';
import '../design/status.css';
import '../design/forced-colors.css';
import { followTheme } from '../design/theme.ts';
import { followLanguage } from '../texts/language.ts';
import './frame.css';
import { AppWindow } from './app-window.tsx';
import { createServices } from './services.ts';
import { ServicesContext } from './services-context.tsx';

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no place to draw in.');
const services = createServices(chooseBridge(), window);
followTheme(services.preferences, window);
const language = await followLanguage(services.preferences, window);
createRoot(root).render(
  <StrictMode>
    <ServicesContext value={services}>
      <AppWindow language={language} />
    </ServicesContext>
  </StrictMode>,
);
