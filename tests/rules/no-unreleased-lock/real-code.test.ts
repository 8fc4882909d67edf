import { noUnreleasedLock } from '../../../rules/no-unreleased-lock.js';
import { testRule } from '../../support/rule-tester.js';

// Leaks that public projects have mended, reduced to their shape.
testRule(noUnreleasedLock, {
  valid: [
    {
      name: 'protects a refresh of all accounts and is released in finally',
      code: `
        import { Mutex } from 'async-mutex';
        class Tracker {
          readonly #mutex = new Mutex();
          refresh = async (networkId?: string) => {
            const release = await this.#mutex.acquire();
            try {
              const { chainId, query } = this.clientOf(networkId);
              const balances = { ...this.state.balances[chainId] };
              for (const address of this.addresses) {
                const balance = await this.balanceOf(address, query);
                if (balance) balances[address] = { balance };
              }
              this.update({ ...(chainId === this.current && { balances }) });
            } finally {
              release();
            }
          };
        }
        export { Tracker };
      `,
    },
    {
      name: 'is a nonce that is taken out of its lock under protection',
      settings: {
        resources: {
          'app/nonce-lock': {
            kind: 'lock',
            noun: 'nonce lock',
            from: { file: 'src/nonces.ts', export: 'Nonces' },
            acquire: [{ how: 'method', name: 'getLock', awaited: true, obligation: 'result' }],
            release: [{ method: 'releaseLock' }],
          },
        },
      },
      files: {
        'src/nonces.ts': `
          export declare class Nonces {
            getLock(from?: string): Promise<{ next: number; details: object; releaseLock(): void }>;
          }
        `,
      },
      code: `
        import { Nonces } from './src/nonces.js';
        class Transactions {
          #nonces = new Nonces();
          async submit(parameters: { from?: string; nonce?: string }) {
            const lock = await this.#nonces.getLock(parameters.from);
            try {
              const nonce = hexlify(lock.next);
              if (!parameters.nonce) parameters.nonce = nonce;
              const { details } = lock;
              this.update({ details, parameters });
            } finally {
              lock.releaseLock();
            }
          }
        }
        export { Transactions };
      `,
    },
    {
      name: 'is released in the finally of a callback in the node style',
      code: `
        import { Mutex } from 'async-mutex';
        class Network {
          #mutex = new Mutex();
          async look() {
            if (!this.query) return;
            const release = await this.#mutex.acquire();
            this.query.send({ method: 'version' }, (error: Error, network: string) => {
              try {
                if (this.state.network === network) return;
                this.update(state => {
                  state.network = error ? 'loading' : network;
                });
                this.messenger.publish('changed', this.state.provider);
              } finally {
                release();
              }
            });
          }
        }
        export { Network };
      `,
    },
    {
      name: 'protects a list that is searched and extended',
      code: `
        import { Mutex } from 'async-mutex';
        class Assets {
          #mutex = new Mutex();
          async add(address: string, id: number, details?: object) {
            const release = await this.#mutex.acquire();
            try {
              const { assets } = this.state;
              const existing = assets.find(asset => asset.address === address && asset.id === id);
              if (existing) return assets;
              const found = details ?? (await this.detailsOf(address, id));
              const added = [...assets, { address, id, ...found }];
              this.update({ assets: added });
              return added;
            } finally {
              release();
            }
          }
        }
        export { Assets };
      `,
    },
  ],
  invalid: [
    {
      name: 'protects a refresh of all accounts and is released in catch only',
      code: `
        import { Mutex } from 'async-mutex';
        class Tracker {
          readonly #mutex = new Mutex();
          refresh = async (networkId?: string) => {
            const release = await this.#mutex.acquire();
                                  ~~~~~~~~~~~~~~~~~~~~~ [missedOnEnd {"release": "\`release\`", "line": "18"}]
            try {
              const { chainId, query } = this.clientOf(networkId);
              const balances = { ...this.state.balances[chainId] };
              for (const address of this.addresses) {
                const balance = await this.balanceOf(address, query);
                if (balance) balances[address] = { balance };
              }
              this.update({ ...(chainId === this.current && { balances }) });
            } catch (error) {
              release();
              throw error;
            }
          };
        }
        export { Tracker };
      `,
      output: `
        import { Mutex } from 'async-mutex';
        class Tracker {
          readonly #mutex = new Mutex();
          refresh = async (networkId?: string) => {
            const release = await this.#mutex.acquire();
            try {
              const { chainId, query } = this.clientOf(networkId);
              const balances = { ...this.state.balances[chainId] };
              for (const address of this.addresses) {
                const balance = await this.balanceOf(address, query);
                if (balance) balances[address] = { balance };
              }
              this.update({ ...(chainId === this.current && { balances }) });
            } finally {
              release();
            }
          };
        }
        export { Tracker };
      `,
    },
    {
      name: 'is a nonce that is taken out of its lock, which the last statement releases',
      options: [{ report: 'possible' }],
      settings: {
        resources: {
          'app/nonce-lock': {
            kind: 'lock',
            noun: 'nonce lock',
            from: { file: 'src/nonces.ts', export: 'Nonces' },
            acquire: [{ how: 'method', name: 'getLock', awaited: true, obligation: 'result' }],
            release: [{ method: 'releaseLock' }],
          },
        },
      },
      files: {
        'src/nonces.ts': `
          export declare class Nonces {
            getLock(from?: string): Promise<{ next: number; details: object; releaseLock(): void }>;
          }
        `,
      },
      code: `
        import { Nonces } from './src/nonces.js';
        class Transactions {
          #nonces = new Nonces();
          async submit(parameters: { from?: string; nonce?: string }) {
            const lock = await this.#nonces.getLock(parameters.from);
                               ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [missedOnException {"release": "\`lock.releaseLock\`", "witness": "hexlify(lock.next)", "line": "6"}]
            const nonce = hexlify(lock.next);
            if (!parameters.nonce) parameters.nonce = nonce;
            const { details } = lock;
            this.update({ details, parameters });
            lock.releaseLock();
          }
        }
        export { Transactions };
      `,
      output: `
        import { Nonces } from './src/nonces.js';
        class Transactions {
          #nonces = new Nonces();
          async submit(parameters: { from?: string; nonce?: string }) {
            const lock = await this.#nonces.getLock(parameters.from);
            try {
              const nonce = hexlify(lock.next);
              if (!parameters.nonce) parameters.nonce = nonce;
              const { details } = lock;
              this.update({ details, parameters });
            } finally {
              lock.releaseLock();
            }
          }
        }
        export { Transactions };
      `,
    },
    {
      name: 'is released by a callback in the node style unless that returns early',
      code: `
        import { Mutex } from 'async-mutex';
        class Network {
          #mutex = new Mutex();
          async look() {
            if (!this.query) return;
            const release = await this.#mutex.acquire();
                                  ~~~~~~~~~~~~~~~~~~~~~ [missedInCallback {"witness": "return;", "line": "8"}]
            this.query.send({ method: 'version' }, (error: Error, network: string) => {
              if (this.state.network === network) return;
              this.update(state => {
                state.network = error ? 'loading' : network;
              });
              this.messenger.publish('changed', this.state.provider);
              release();
            });
          }
        }
        export { Network };
      `,
      suggestions: [
        {
          messageId: 'wrapInTryFinally',
          output: `
            import { Mutex } from 'async-mutex';
            class Network {
              #mutex = new Mutex();
              async look() {
                if (!this.query) return;
                const release = await this.#mutex.acquire();
                this.query.send({ method: 'version' }, (error: Error, network: string) => {
                  try {
                    if (this.state.network === network) return;
                    this.update(state => {
                      state.network = error ? 'loading' : network;
                    });
                    this.messenger.publish('changed', this.state.provider);
                  } finally {
                    release();
                  }
                });
              }
            }
            export { Network };
          `,
        },
      ],
    },
    {
      name: 'protects a list and is released by hand before every return',
      code: `
        import { Mutex } from 'async-mutex';
        class Assets {
          #mutex = new Mutex();
          async add(address: string, id: number, details?: object) {
            const release = await this.#mutex.acquire();
                                  ~~~~~~~~~~~~~~~~~~~~~ [missedOnException {"witness": "this.detailsOf(address, id)", "line": "12"}]
            const { assets } = this.state;
            const existing = assets.find(asset => asset.address === address && asset.id === id);
            if (existing) {
              release();
              return assets;
            }
            const found = details ?? (await this.detailsOf(address, id));
            const added = [...assets, { address, id, ...found }];
            this.update({ assets: added });
            release();
            return added;
          }
        }
        export { Assets };
      `,
      output: `
        import { Mutex } from 'async-mutex';
        class Assets {
          #mutex = new Mutex();
          async add(address: string, id: number, details?: object) {
            const release = await this.#mutex.acquire();
            try {
              const { assets } = this.state;
              const existing = assets.find(asset => asset.address === address && asset.id === id);
              if (existing) {
                return assets;
              }
              const found = details ?? (await this.detailsOf(address, id));
              const added = [...assets, { address, id, ...found }];
              this.update({ assets: added });
              return added;
            } finally {
              release();
            }
          }
        }
        export { Assets };
      `,
    },
  ],
});
