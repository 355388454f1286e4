import type { RemovalPolicy } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { DomainName, HttpApi, HttpMethod, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { CheckedConfig } from '../checks/checked-config.ts';
import { acknowledge } from './nag.ts';

export interface SignupApiProps {
  readonly config: CheckedConfig;
  readonly receiveSignup: LambdaFunction;
  readonly signupStatus: LambdaFunction;
  readonly removalPolicy: RemovalPolicy;
}

/** Who asked, for what, and how it went. No query string: a status address's key is in it. */
const accessLine = {
  time: '$context.requestTime',
  requestId: '$context.requestId',
  sourceIp: '$context.identity.sourceIp',
  routeKey: '$context.routeKey',
  path: '$context.path',
  status: '$context.status',
  milliseconds: '$context.responseLatency',
  bytes: '$context.responseLength',
};

/** The two doors: enrollment systems post webhooks at one, and ask what became of them at the other. */
export class SignupApi extends Construct {
  /** Without a slash at its end. */
  readonly url: string;
  /** What the domain's DNS record points to, where there is a domain. */
  readonly domainTarget: string | undefined;

  constructor(scope: Construct, id: string, { config, receiveSignup, signupStatus, removalPolicy }: SignupApiProps) {
    super(scope, id);
    const { stage, domain } = config;
    const api = new HttpApi(this, 'Http', { apiName: `matriculate-${stage}`, createDefaultStage: false });
    const webhooks = api.addRoutes({
      path: '/webhooks/{source}',
      methods: [HttpMethod.POST],
      integration: new HttpLambdaIntegration('ReceiveSignup', receiveSignup),
    });
    const signups = api.addRoutes({
      path: '/signups/{id}',
      methods: [HttpMethod.GET],
      integration: new HttpLambdaIntegration('SignupStatus', signupStatus),
    });
    for (const route of webhooks)
      acknowledge(
        route,
        'authorizer',
        'The function verifies the sender’s signature over the raw bytes: test/receive-signup.',
      );
    for (const route of signups)
      acknowledge(
        route,
        'authorizer',
        'The function verifies the key in the address, which only the sender was given: test/signup-status.',
      );
    const accessLog = new LogGroup(this, 'AccessLog', {
      logGroupName: `/matriculate/${stage}/access`,
      retention: stage === 'dev' ? RetentionDays.ONE_WEEK : RetentionDays.ONE_MONTH,
      removalPolicy,
    });
    const domainName =
      domain &&
      new DomainName(this, 'Domain', {
        domainName: domain.name,
        certificate: Certificate.fromCertificateArn(this, 'Certificate', domain.certificate),
      });
    new HttpStage(this, 'Stage', {
      httpApi: api,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: 1000, burstLimit: 2000 },
      accessLogSettings: {
        destination: new LogGroupLogDestination(accessLog),
        format: AccessLogFormat.custom(JSON.stringify(accessLine)),
      },
      ...(domainName && { domainMapping: { domainName } }),
    });
    this.url = domain === undefined ? api.apiEndpoint : `https://${domain.name}`;
    this.domainTarget = domainName?.regionalDomainName;
  }
}
