import type { ElementRef } from '@angular/core';
import { ChangeDetectionStrategy, Component, computed, inject, viewChild } from '@angular/core';

import { ExportPanel } from './export-panel';
import { Exporter } from './exporter';
import { IssueBrowser } from './issue-browser';
import { IssueFeed } from './issue-feed';
import type { StateFilter } from './issues';
import { CONDITIONS, ServerCondition, type Condition } from './server-condition';
import { Theme } from './theme';

@Component({
  selector: 'app-root',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [ExportPanel, IssueFeed],
  templateUrl: './app.html',
  styleUrl: './app.css',
  host: { '(document:keydown)': 'shortcut($event)' },
})
export class App {
  protected readonly browser = inject(IssueBrowser);
  protected readonly exporter = inject(Exporter);
  protected readonly theme = inject(Theme);
  protected readonly condition = inject(ServerCondition).current;
  protected readonly conditions = CONDITIONS;
  protected readonly states: readonly { id: StateFilter; name: string }[] = [
    { id: 'all', name: 'All' },
    { id: 'open', name: 'Open' },
    { id: 'closed', name: 'Closed' },
  ];

  protected readonly canExport = computed(
    () => !this.exporter.isRunning() && (this.browser.total() ?? 0) > 0,
  );

  private readonly search = viewChild.required<ElementRef<HTMLInputElement>>('search');

  protected type(event: Event): void {
    if (event.target instanceof HTMLInputElement) this.browser.text.set(event.target.value);
  }

  protected choose(event: Event): void {
    if (!(event.target instanceof HTMLSelectElement)) return;
    const { value } = event.target;
    const chosen = CONDITIONS.find(({ id }) => id === value);
    if (chosen !== undefined) this.condition.set(chosen.id satisfies Condition);
  }

  protected start(): void {
    if (this.canExport()) void this.exporter.start(this.browser.query());
  }

  protected shortcut(event: KeyboardEvent): void {
    const isTyping = event.target instanceof HTMLInputElement;
    if (event.key !== '/' || isTyping || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    this.search().nativeElement.select();
  }

  protected leaveSearch(): void {
    this.browser.text.set('');
    this.search().nativeElement.focus();
  }
}
