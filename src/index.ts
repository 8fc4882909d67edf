// `module.exports` is what `require` gives to CommonJS configurations. TypeScript before 5.6 cannot read that name in a
// declaration, so package.json sends it to the declaration of the re-exported module.
export { default, default as 'module.exports' } from './thread-hygiene.js';
