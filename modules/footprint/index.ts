import type { Module } from '@zaizao/platform/http';
import { routes } from './routes.ts';

export const footprintModule: Module = { name: 'footprint', routes };
