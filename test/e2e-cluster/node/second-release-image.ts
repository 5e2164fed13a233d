import { cpSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { EXAMPLE_APPLICATION } from '../../../scripts/cluster-programs/python-environment.js';
import { applicationImage } from './application-image.js';
import type { Image } from './image.js';

/** The image of a second release of `examples/django-app`, with one more migration. @param place where its files go */
export function secondRelease(place: string): Image {
  const folder = path.join(place, 'second-release');
  cpSync(EXAMPLE_APPLICATION, folder, { recursive: true });
  writeFileSync(path.join(folder, 'components/migrations/0002_component_owner.py'), MIGRATION);
  const image = applicationImage();
  return { ...image, files: { ...image.files, '/app': folder } };
}

const MIGRATION = `from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("components", "0001_initial")]
    operations = [
        migrations.AddField("component", "owner", models.CharField(max_length=200, default="", db_default="")),
    ]
`;
