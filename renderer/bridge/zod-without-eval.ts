import { z } from 'zod';

/**
 * Imported before everything else: the CSP forbids `eval`, and zod would otherwise try to compile its schemas where they are made.
 */
z.config({ jitless: true });
