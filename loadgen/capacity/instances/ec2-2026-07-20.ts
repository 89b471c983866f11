/**
 * What EC2 asked for its types on 2026-07-20, and what each of them is: Linux on demand in us-east-1.
 *
 * Columns: `hourly` is US dollars; `network` the bandwidth that a type has all the time, Mbit/s, empty where AWS says
 * "high" only; `threads` the vCPUs that share a core; `sustained` the share of its vCPUs that a burstable type gives
 * all the time. Processors of one name are of one vendor and generation.
 */
export const ec2 = {
  date: '2026-07-20',
  source:
    'aws/karpenter-provider-aws, generated prices of 2026-07-20 and zz_generated.bandwidth.go; shares of burstable types: AWS, "Key concepts for burstable performance instances"',
  /** SHA-256 of `text`: a line that was changed by mistake is found when the file is read. */
  checksum: '3760b86d275b9af4349192075b3a16aba000bd17fe456d11e1f76d9dba541158',
  text: `type,vcpus,memoryGiB,processor,threads,hourly,network,sustained
c7i.large,2,4,intel-7,2,0.08925,781,1
c7i.xlarge,4,8,intel-7,2,0.1785,1562,1
c7i.2xlarge,8,16,intel-7,2,0.357,3125,1
c7i.4xlarge,16,32,intel-7,2,0.714,6250,1
c7i.8xlarge,32,64,intel-7,2,1.428,12500,1
c7i.16xlarge,64,128,intel-7,2,2.856,25000,1
c7i.48xlarge,192,384,intel-7,2,8.568,50000,1
c8i.large,2,4,intel-8,2,0.09371,937,1
c8i.xlarge,4,8,intel-8,2,0.18742,1875,1
c8i.2xlarge,8,16,intel-8,2,0.37484,3750,1
c8i.4xlarge,16,32,intel-8,2,0.74968,7500,1
c8i.8xlarge,32,64,intel-8,2,1.49936,15000,1
c8i.16xlarge,64,128,intel-8,2,2.99872,30000,1
c8i-flex.large,2,4,intel-8,2,0.08902,468,1
c8i-flex.xlarge,4,8,intel-8,2,0.17804,937,1
c8i-flex.2xlarge,8,16,intel-8,2,0.35608,1875,1
c7a.large,2,4,amd-7,1,0.10264,781,1
c7a.xlarge,4,8,amd-7,1,0.20528,1562,1
c7a.2xlarge,8,16,amd-7,1,0.41056,3125,1
c8a.large,2,4,amd-8,1,0.10777,937,1
c8a.xlarge,4,8,amd-8,1,0.21554,1875,1
c8a.2xlarge,8,16,amd-8,1,0.43108,3750,1
c8a.4xlarge,16,32,amd-8,1,0.86216,7500,1
c7g.medium,1,2,graviton3,1,0.0363,520,1
c7g.large,2,4,graviton3,1,0.0725,937,1
c7g.xlarge,4,8,graviton3,1,0.145,1875,1
c7g.2xlarge,8,16,graviton3,1,0.29,3750,1
c7g.4xlarge,16,32,graviton3,1,0.58,7500,1
c7g.8xlarge,32,64,graviton3,1,1.16,15000,1
c7g.16xlarge,64,128,graviton3,1,2.32,30000,1
c8g.medium,1,2,graviton4,1,0.03988,520,1
c8g.large,2,4,graviton4,1,0.07976,937,1
c8g.xlarge,4,8,graviton4,1,0.15952,1875,1
c8g.2xlarge,8,16,graviton4,1,0.31904,3750,1
c8g.4xlarge,16,32,graviton4,1,0.63808,7500,1
c8g.8xlarge,32,64,graviton4,1,1.27616,15000,1
c8g.16xlarge,64,128,graviton4,1,2.55232,30000,1
c8g.48xlarge,192,384,graviton4,1,7.65696,50000,1
c9g.large,2,4,graviton5,1,0.08694,1000,1
c9g.xlarge,4,8,graviton5,1,0.17388,2100,1
c9g.2xlarge,8,16,graviton5,1,0.34776,4250,1
c9g.4xlarge,16,32,graviton5,1,0.69552,8500,1
c9g.8xlarge,32,64,graviton5,1,1.39104,17000,1
c9g.16xlarge,64,128,graviton5,1,2.78208,34000,1
c7gn.large,2,4,graviton3,1,0.1248,6250,1
c7gn.xlarge,4,8,graviton3,1,0.2496,12500,1
c7gn.2xlarge,8,16,graviton3,1,0.4992,25000,1
c8gn.large,2,4,graviton4,1,0.1185,6250,1
c8gn.xlarge,4,8,graviton4,1,0.237,12500,1
c8gn.2xlarge,8,16,graviton4,1,0.474,25000,1
m7i.large,2,8,intel-7,2,0.1008,781,1
m7i.xlarge,4,16,intel-7,2,0.2016,1562,1
m7i.2xlarge,8,32,intel-7,2,0.4032,3125,1
m7i.4xlarge,16,64,intel-7,2,0.8064,6250,1
m7i.8xlarge,32,128,intel-7,2,1.6128,12500,1
m7i.16xlarge,64,256,intel-7,2,3.2256,25000,1
m7i-flex.large,2,8,intel-7,2,0.09576,390,1
m7i-flex.xlarge,4,16,intel-7,2,0.19152,781,1
m7i-flex.2xlarge,8,32,intel-7,2,0.38304,1562,1
m8i.large,2,8,intel-8,2,0.10584,937,1
m8i.xlarge,4,16,intel-8,2,0.21168,1875,1
m8i.2xlarge,8,32,intel-8,2,0.42336,3750,1
m8i.4xlarge,16,64,intel-8,2,0.84672,7500,1
m7a.large,2,8,amd-7,1,0.11592,781,1
m7a.xlarge,4,16,amd-7,1,0.23184,1562,1
m7g.large,2,8,graviton3,1,0.0816,937,1
m7g.xlarge,4,16,graviton3,1,0.1632,1875,1
m7g.2xlarge,8,32,graviton3,1,0.3264,3750,1
m7g.4xlarge,16,64,graviton3,1,0.6528,7500,1
m7g.8xlarge,32,128,graviton3,1,1.3056,15000,1
m7g.16xlarge,64,256,graviton3,1,2.6112,30000,1
m8g.large,2,8,graviton4,1,0.08976,937,1
m8g.xlarge,4,16,graviton4,1,0.17952,1875,1
m8g.2xlarge,8,32,graviton4,1,0.35904,3750,1
m8g.4xlarge,16,64,graviton4,1,0.71808,7500,1
m8g.8xlarge,32,128,graviton4,1,1.43616,15000,1
m8g.16xlarge,64,256,graviton4,1,2.87232,30000,1
m9g.large,2,8,graviton5,1,0.09784,1000,1
m9g.xlarge,4,16,graviton5,1,0.19568,2100,1
m9g.2xlarge,8,32,graviton5,1,0.39136,4250,1
m9g.4xlarge,16,64,graviton5,1,0.78272,8500,1
c6i.large,2,4,intel-6,2,0.085,781,1
c6i.xlarge,4,8,intel-6,2,0.17,1562,1
c6i.2xlarge,8,16,intel-6,2,0.34,3125,1
t3.large,2,8,intel-5,2,0.0832,512,0.3
t4g.large,2,8,graviton2,1,0.0672,512,0.3
m3.2xlarge,8,30,intel-3,2,0.532,,1
c3.8xlarge,32,60,intel-3,2,1.68,10000,1
`,
} as const;
