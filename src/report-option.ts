import type { JSONSchema4 } from '@typescript-eslint/utils/json-schema';

import type { Confidence } from './analysis/findings.js';
import type { ThreadHygieneSettings } from './settings.js';

/** The option that every rule has. */
export type ReportOption = [{ report?: Confidence }?];

/** The schema of that option. It has no default: one would hide the settings. */
export const reportOptionSchema: JSONSchema4[] = [
  {
    type: 'object',
    additionalProperties: false,
    properties: {
      report: {
        type: 'string',
        enum: ['certain', 'likely', 'possible'],
        description: "The least confidence that is reported. Default: settings['thread-hygiene'].report, then 'likely'.",
      },
    },
  },
];

/** The least confidence that a rule reports: its option, then the setting, then `likely`. */
export function thresholdOf([option]: Readonly<ReportOption>, settings: ThreadHygieneSettings): Confidence {
  return option?.report ?? settings.report ?? 'likely';
}
