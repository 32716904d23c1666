import { DecimalPipe } from '@angular/common';
import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';

import { Exporter } from './exporter';

const HEADLINES = {
  running: 'Exporting issues',
  stopped: 'Export stopped',
  failed: 'Export interrupted',
  saved: 'Export complete',
};

/** What an export is doing, with the button that stops it. */
@Component({
  selector: 'app-export-panel',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [DecimalPipe],
  templateUrl: './export-panel.html',
  styleUrl: './export-panel.css',
})
export class ExportPanel {
  protected readonly exporter = inject(Exporter);
  protected readonly headlines = HEADLINES;
  protected readonly part = computed(() => {
    const { rows = 0, total = 0 } = this.exporter.state() ?? {};
    return total === 0 ? 0 : rows / total;
  });
}
