import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';

import type { Issue } from './issues';

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const DAY = 86_400_000;

/** One issue, of a fixed height. */
@Component({
  selector: 'app-issue-row',
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './issue-row.html',
  styleUrl: './issue-row.css',
})
export class IssueRow {
  readonly issue = input.required<Issue>();

  protected readonly opened = computed(() => age(Date.parse(this.issue().createdAt)));
  protected readonly initial = computed(() => this.issue().author.slice(0, 1).toUpperCase());
  protected readonly hue = computed(() => (this.issue().author.charCodeAt(0) * 47) % 360);
}

function age(time: number): string {
  const days = Math.round((time - Date.now()) / DAY);
  if (days > -14) return relative.format(Math.min(0, days), 'day');
  if (days > -60) return relative.format(Math.round(days / 7), 'week');
  if (days > -700) return relative.format(Math.round(days / 30.4), 'month');
  return relative.format(Math.round(days / 365), 'year');
}
