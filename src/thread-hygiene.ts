import { createRecommendedConfig } from './configs/recommended.js';
import { createStrictConfig } from './configs/strict.js';
import { createTestsConfig } from './configs/tests.js';
import { plugin } from './plugin.js';

/**
 * The plugin with its configurations. The configurations refer to this very object, because ESLint refuses two objects
 * under one namespace and users name the plugin in `plugins` themselves.
 */
const threadHygiene = Object.assign(plugin, {
  configs: {
    recommended: createRecommendedConfig(plugin),
    strict: createStrictConfig(plugin),
    tests: createTestsConfig(plugin),
  },
});

export default threadHygiene;
