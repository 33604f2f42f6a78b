#!/usr/bin/env node
// Plain JavaScript, because it is what makes TypeScript run.
import { createRequire } from 'node:module';
import { register } from 'tsx/cjs/api';

register();
const { main } = createRequire(import.meta.url)('./main.ts');
process.exitCode = await main(process.argv);
