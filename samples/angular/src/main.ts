import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { provideBrowserGlobalErrorListeners } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import { providePagination } from 'paged-observable/angular';

import { App } from './app/app';
import { serverConditionInterceptor } from './app/server-condition';

bootstrapApplication(App, {
  providers: [
    provideBrowserGlobalErrorListeners(),
    provideHttpClient(withInterceptors([serverConditionInterceptor])),
    // A person waits for these pages: fewer retries, sooner.
    providePagination({ timeout: 10_000, retry: { retries: 2, baseDelay: 300, maxDelay: 1000 } }),
  ],
}).catch((error: unknown) => {
  console.error(error);
});
