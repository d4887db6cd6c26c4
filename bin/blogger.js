#!/usr/bin/env node
import { keepProcessLean } from '../dist/cli/process/lean-process.js';

keepProcessLean(); // before anything else is loaded
const { main } = await import('../dist/cli/main.js');

process.exitCode = await main(process.argv.slice(2));
