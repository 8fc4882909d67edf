import { noUnreleasedLock } from '../../../rules/no-unreleased-lock.js';
import { testRule } from '../../support/rule-tester.js';

// Ways out of a function that are no exceptions.
testRule(noUnreleasedLock, {
  valid: [
    {
      name: 'is released before every return',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function next(items: number[]) {
          const release = await mutex.lock();
          if (items.length === 0) {
            release();
            return undefined;
          }
          const item = items.shift();
          release();
          return item;
        }
      `,
    },
    {
      name: 'is not acquired yet where the function returns early',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function next(items: number[]) {
          if (items.length === 0) return undefined;
          const release = await mutex.lock();
          const item = items.shift();
          release();
          return item;
        }
      `,
    },
    {
      name: 'is released by both branches',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function next(items: number[]) {
          const release = await mutex.lock();
          if (items.length > 1) {
            items.shift();
            release();
          } else {
            release();
          }
        }
      `,
    },
    {
      name: 'is released by every case of a switch',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function count(kind: string, state: { count: number }) {
          const release = await mutex.lock();
          switch (kind) {
            case 'up':
              state.count += 1;
              release();
              break;
            case 'none':
            default:
              release();
          }
        }
      `,
    },
    {
      name: 'is released behind a labelled block',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function find(items: number[]) {
          const release = await mutex.lock();
          search: {
            if (items.length === 0) break search;
            items.sort();
          }
          release();
        }
      `,
    },
    {
      name: 'is released by the outer finally although an inner one returns',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function find(items: number[]) {
          const release = await mutex.lock();
          try {
            try {
              await load(items);
            } finally {
              return items;
            }
          } finally {
            release();
          }
        }
      `,
    },
    {
      name: 'is released as a part of what is returned',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function finish() {
          const release = await mutex.lock();
          return release();
        }
      `,
    },
    {
      name: 'is released before an expression of commas returns',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function finish(value: number) {
          const release = await mutex.lock();
          return (release(), value);
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'is held when the function returns early',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function next(items: number[]) {
          const release = await mutex.lock();
                                ~~~~~~~~~~~~ [missedOnReturn {"witness": "return undefined;", "line": "6"}]
          if (items.length === 0) {
            return undefined;
          }
          const item = items.shift();
          release();
          return item;
        }
      `,
      output: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function next(items: number[]) {
          const release = await mutex.lock();
          try {
            if (items.length === 0) {
              return undefined;
            }
            const item = items.shift();
            return item;
          } finally {
            release();
          }
        }
      `,
    },
    {
      name: 'is released by one branch only',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function next(items: number[]) {
          const release = await mutex.lock();
                                ~~~~~~~~~~~~ [missedOnEnd {"line": "9"}]
          if (items.length > 1) {
            items.shift();
            release();
          }
        }
      `,
      output: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function next(items: number[]) {
          const release = await mutex.lock();
          try {
            if (items.length > 1) {
              items.shift();
            }
          } finally {
            release();
          }
        }
      `,
    },
    {
      name: 'is released by all cases of a switch but the one that is not written',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function count(kind: string, state: { count: number }) {
          const release = await mutex.lock();
                                ~~~~~~~~~~~~ [missedOnEnd {"line": "13"}]
          switch (kind) {
            case 'up':
              state.count += 1;
              release();
              break;
            case 'none':
              release();
          }
        }
      `,
      output: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function count(kind: string, state: { count: number }) {
          const release = await mutex.lock();
          try {
            switch (kind) {
              case 'up':
                state.count += 1;
                break;
              case 'none':
            }
          } finally {
            release();
          }
        }
      `,
    },
    {
      name: 'is held by the one case that returns',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function count(kind: string, state: { count: number }) {
          const release = await mutex.lock();
                                ~~~~~~~~~~~~ [missedOnReturn {"witness": "return;", "line": "7"}]
          switch (kind) {
            case 'none':
              return;
            default:
              state.count += 1;
          }
          release();
        }
      `,
      output: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function count(kind: string, state: { count: number }) {
          const release = await mutex.lock();
          try {
            switch (kind) {
              case 'none':
                return;
              default:
                state.count += 1;
            }
          } finally {
            release();
          }
        }
      `,
    },
    {
      name: 'is released inside a labelled block that is left before',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function find(items: number[]) {
          search: {
            const release = await mutex.lock();
                                  ~~~~~~~~~~~~ [missedOnReturn {"witness": "break search;", "line": "6"}]
            if (items.length === 0) break search;
            items.sort();
            release();
          }
        }
      `,
      output: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function find(items: number[]) {
          search: {
            const release = await mutex.lock();
            try {
              if (items.length === 0) break search;
              items.sort();
            } finally {
              release();
            }
          }
        }
      `,
    },
    {
      name: 'is kept by a finally that returns before the release',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function find(items: number[]) {
          const release = await mutex.lock();
                                ~~~~~~~~~~~~ [missedOnReturn {"witness": "return items;", "line": "8"}]
          try {
            items.sort();
          } finally {
            if (items.length > 0) return items;
            release();
          }
        }
      `,
      output: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function find(items: number[]) {
          const release = await mutex.lock();
          try {
            items.sort();
          } finally {
            try {
              if (items.length > 0) return items;
            } finally {
              release();
            }
          }
        }
      `,
    },
    {
      name: 'is released by one side of a conditional expression',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function finish(isDone: boolean) {
          const release = await mutex.lock();
                                ~~~~~~~~~~~~ [missedOnReturn {"witness": "return isDone ? release() : undefined;", "line": "5"}]
          return isDone ? release() : undefined;
        }
      `,
      output: null,
    },
    {
      name: 'is released on a condition that says nothing of the lock',
      code: `
        import { Mutex } from '@livekit/mutex';
        const mutex = new Mutex();
        export async function finish(isDone: boolean) {
          const release = await mutex.lock();
                                ~~~~~~~~~~~~ [missedOnEnd {"line": "6"}]
          isDone && release();
        }
      `,
      output: null,
    },
  ],
});
